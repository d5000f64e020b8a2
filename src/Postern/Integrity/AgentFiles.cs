namespace Postern.Program.Integrity;

/// <summary>The files of a workspace that tell agents what to do, or start programs for them: who changes one, changes every later session.</summary>
internal static class AgentFiles
{
    private static readonly string[] s_names =
    [
        "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENT.md", "GEMINI.md", ".mcp.json", ".cursorrules", ".windsurfrules", ".clinerules", ".goosehints", "opencode.json", "opencode.jsonc", "postern.yaml",
        "copilot-instructions.md", "mcp.json",
    ];

    private static readonly string[] s_folders = [".claude", ".cursor", ".codex", ".gemini", ".junie", ".zed", ".windsurf", ".opencode", ".clinerules", ".vscode", ".githooks", ".husky"];

    /// <summary>Those below a folder; links, version control and installed packages are not looked into.</summary>
    public static IEnumerable<string> Below(string folder)
    {
        var pending = new Stack<(DirectoryInfo Folder, bool IsOurs)>([(new DirectoryInfo(folder), false)]);
        while (pending.TryPop(out var at))
        {
            foreach (var file in at.Folder.EnumerateFiles().Where(file => file.LinkTarget is null && (at.IsOurs || s_names.Contains(file.Name))))
            {
                yield return file.FullName;
            }

            foreach (var below in at.Folder.EnumerateDirectories().Where(static below => below.LinkTarget is null && below.Name is not ("node_modules" or ".venv")))
            {
                // Of version control its hooks alone.
                var isHooks = below.Name == "hooks" && at.Folder.Name == ".git";
                if (at.Folder.Name != ".git" || isHooks)
                {
                    pending.Push((below, at.IsOurs || isHooks || s_folders.Contains(below.Name)));
                }
            }
        }
    }
}
