# Puts the folders of `dp100 offline` in front again, and its gate in place of other proxies, for bash and zsh.
case "$PATH:" in
  "$DP100_SHELL_PATH":*) ;;
  *) export PATH="$DP100_SHELL_PATH:$PATH" ;;
esac
case "${PYTHONPATH-}:" in
  "$DP100_SHELL_PYTHONPATH":*) ;;
  *) export PYTHONPATH="$DP100_SHELL_PYTHONPATH${PYTHONPATH:+:$PYTHONPATH}" ;;
esac
if [ -n "${DP100_GATE-}" ]; then
  export http_proxy="$DP100_GATE" https_proxy="$DP100_GATE" HTTP_PROXY="$DP100_GATE" HTTPS_PROXY="$DP100_GATE"
  export no_proxy="$DP100_SHELL_NO_PROXY" NO_PROXY="$DP100_SHELL_NO_PROXY"
fi
