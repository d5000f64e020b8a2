namespace Postern.Program.Integrity;

/// <summary>The files of a workspace that tell agents what to do, or start programs for them: who changes one, changes every later session.</summary>
internal static class AgentFiles
{
    private const string Git = ".git";
    private const string GitHooks = "hooks";

    private static readonly string[] s_names =
    [
        "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENT.md", "GEMINI.md", ".mcp.json", ".cursorrules", ".windsurfrules", ".clinerules", ".goosehints", "opencode.json", "opencode.jsonc", "postern.yaml",
        "copilot-instructions.md", "mcp.json",
    ];

    private static readonly string[] s_folders = [".claude", ".cursor", ".codex", ".gemini", ".junie", ".zed", ".windsurf", ".opencode", ".clinerules", ".vscode", ".githooks", ".husky"];

    /// <summary>Those below a folder; links, version control and installed packages are not looked into.</summary>
    public static IEnumerable<string> Below(string folder)
    {
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (pending.TryPop(out var at))
        {
            foreach (var file in at.EnumerateFiles().Where(file => file.LinkTarget is null && IsOne(Path.GetRelativePath(folder, file.FullName))))
            {
                yield return file.FullName;
            }

            // Of version control its hooks alone.
            foreach (var below in at.EnumerateDirectories().Where(below => below.LinkTarget is null && !IsInstalled(below.Name) && (at.Name != Git || IsGitHooks(below.FullName))))
            {
                pending.Push(below);
            }
        }
    }

    /// <summary>True for a file, or a whole folder, that is one.</summary>
    /// <param name="relative">Its path below the workspace.</param>
    public static bool IsOne(string relative)
    {
        var names = relative.Split('/', '\\');
        return !Array.Exists(names, IsInstalled)
            && (s_names.Contains(names[^1]) || Array.Exists(names, s_folders.Contains) || Array.IndexOf(names, GitHooks) is > 0 and var hooks && names[hooks - 1] == Git);
    }

    /// <summary>True for the folder of version control, which is looked at for the one that git runs programs from.</summary>
    public static bool IsGit(string folder) => Path.GetFileName(folder) == Git;

    /// <summary>True for the folder that git runs programs from.</summary>
    public static bool IsGitHooks(string folder) => Path.GetFileName(folder) == GitHooks && Path.GetFileName(Path.GetDirectoryName(folder)) == Git;

    private static bool IsInstalled(string name) => name is "node_modules" or ".venv";
}
