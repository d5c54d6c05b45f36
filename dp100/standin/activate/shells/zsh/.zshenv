# Read first by the zsh of `dp100 offline`: ZDOTDIR leads here, and is what it was from here on. The files of the
# learner are read as ever; what they have done to the paths is seen to when the first prompt is due.
_dp100_first_file="${${(%):-%x}:A:h:h}/first.sh"
if [[ -n "${DP100_ZDOTDIR-}" ]]; then
  ZDOTDIR="$DP100_ZDOTDIR"
  unset DP100_ZDOTDIR
else
  unset ZDOTDIR
fi
if [[ -f "${ZDOTDIR:-$HOME}/.zshenv" ]]; then
  source "${ZDOTDIR:-$HOME}/.zshenv"
fi
_dp100_first() {
  source "$_dp100_first_file"
  precmd_functions=(${precmd_functions:#_dp100_first})
}
_dp100_first
precmd_functions+=(_dp100_first)
