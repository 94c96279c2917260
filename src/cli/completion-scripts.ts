/** Shells that can be taught. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** What `__complete` says when the name of a file is wanted. */
export const wantsFile = ':files';

/*
 * The scripts know nothing of the commands: they ask the program that is being completed, so that they are never out of
 * date. It answers with a line for each candidate, a tab and what that is.
 */

const bash = `# rollcall completion for bash: source <(rollcall completion bash)
_rollcall() {
	local line value
	COMPREPLY=()
	while IFS= read -r line; do
		if [[ $line == '${wantsFile}' ]]; then
			compopt -o filenames 2>/dev/null
			while IFS= read -r value; do
				COMPREPLY+=("$value")
			done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")
			return
		fi
		value=\${line%%$'\\t'*}
		[[ $value == *= ]] && compopt -o nospace 2>/dev/null
		case $value in
			*[!A-Za-z0-9_./:=,@%+-]*) printf -v value '%q' "$value" ;;
		esac
		COMPREPLY+=("$value")
	done < <("\${1/#\\~/$HOME}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _rollcall rollcall
`;

const zsh = `#compdef rollcall
# rollcall completion for zsh: source <(rollcall completion zsh), or a file _rollcall in a folder of $fpath
_rollcall() {
	local -a lines values descriptions unfinished
	local line value
	lines=("\${(@f)$(\${(Q)words[1]} __complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ $lines[1] == '${wantsFile}' ]]; then
		_files
		return
	fi
	for line in $lines; do
		value=\${line%%$'\\t'*}
		if [[ $value == *= ]]; then
			unfinished+=("$value")
			continue
		fi
		values+=("$value")
		descriptions+=("\${line/$'\\t'/  -- }")
	done
	compadd -S '' -a unfinished
	compadd -l -d descriptions -a values
}
if [[ $funcstack[1] == _rollcall ]]; then
	_rollcall "$@"
else
	compdef _rollcall rollcall
fi
`;

const fish = `# rollcall completion for fish: rollcall completion fish | source
function __rollcall_complete
	set -l words (commandline -opc)
	set -l current (commandline -ct)
	set -l lines (command $words[1] __complete $words[2..-1] "$current" 2>/dev/null)
	if test "$lines[1]" = '${wantsFile}'
		__fish_complete_path "$current"
	else if test (count $lines) -gt 0
		printf '%s\\n' $lines
	end
end
complete -c rollcall -f -a '(__rollcall_complete)'
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };

/** The script that teaches a shell. */
export const completionScript = (shell: Shell): string => scripts[shell];
