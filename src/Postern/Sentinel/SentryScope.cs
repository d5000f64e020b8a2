using System.IO.Enumeration;
using Postern.Engine.Configuration.Sections;
using Postern.Program.Integrity;
using Postern.Sandbox.Planning;

namespace Postern.Program.Sentinel;

/// <summary>What of a workspace is looked at.</summary>
/// <param name="section">What the operator wants.</param>
/// <param name="own">Postern's own places: what it writes there is not an agent's.</param>
internal sealed class SentryScope(FileSentrySection section, IReadOnlyList<string> own)
{
    private readonly PathRule[] _own = [.. own.Select(static path => new PathRule(Path.TrimEndingDirectorySeparator(path), Access.Hidden))];

    /// <summary>Whether what happens in a folder is of interest. Of git's own the hooks are, whatever is ignored.</summary>
    public bool LooksInto(string folder) =>
        !IsOwn(folder) && (AgentFiles.IsGit(folder) || AgentFiles.IsGitHooks(folder) || !IsIgnored(Path.GetFileName(folder)) && !IsInIgnoredGit(folder));

    /// <summary>Whether a file steers agents.</summary>
    public bool Steers(string root, string relative) => AgentFiles.IsOne(relative) && !IsOwn(Path.Join(root, relative));

    /// <summary>Whether a file is searched for secrets.</summary>
    public bool Searches(string root, string relative) =>
        section.ScanContent && !Array.Exists(relative.Split('/'), IsIgnored) && !IsOwn(Path.Join(root, relative));

    private bool IsOwn(string path) => Array.Exists(_own, rule => rule.Covers(path));

    private bool IsInIgnoredGit(string folder) => AgentFiles.IsGit(Path.GetDirectoryName(folder) ?? "") && IsIgnored(Path.GetFileName(Path.GetDirectoryName(folder))!);

    private bool IsIgnored(string name) => section.IgnorePatterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
