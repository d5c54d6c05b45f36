# Puts the folders of `dp100 offline` in front again, for bash and zsh.
case "$PATH:" in
  "$DP100_SHELL_PATH":*) ;;
  *) export PATH="$DP100_SHELL_PATH:$PATH" ;;
esac
case "${PYTHONPATH-}:" in
  "$DP100_SHELL_PYTHONPATH":*) ;;
  *) export PYTHONPATH="$DP100_SHELL_PYTHONPATH${PYTHONPATH:+:$PYTHONPATH}" ;;
esac
