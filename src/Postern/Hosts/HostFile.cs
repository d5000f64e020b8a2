namespace Postern.Program.Hosts;

/// <summary>One file of a host.</summary>
/// <param name="Path">Where it is: <c>~/</c> the user's home, <c>config:/</c> the system's place for applications, <c>xdg:/</c> <c>~/.config</c> wherever the system is not Windows, <c>./</c> the project.</param>
/// <param name="Servers">The paths of names that lead to its servers; <c>*</c> stands for every name.</param>
internal sealed record HostFile(string Path, params string[][] Servers)
{
    /// <summary>A variable that names the directory instead; empty for none.</summary>
    public string Variable { get; init; } = "";

    /// <summary>True for a file of the project rather than of the user.</summary>
    public bool IsOfProject => Path.StartsWith("./", StringComparison.Ordinal);

    /// <summary>True for TOML; everything else is JSON with or without comments.</summary>
    public bool IsToml => Path.EndsWith(".toml", StringComparison.Ordinal);

    /// <summary>The file on this machine.</summary>
    public string Resolve(HostPlaces places) => places.Resolve(this);
}
