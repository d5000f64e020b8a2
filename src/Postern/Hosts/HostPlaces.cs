namespace Postern.Program.Hosts;

/// <summary>Where hosts keep their files on this machine.</summary>
/// <param name="Home">The user's home.</param>
/// <param name="Project">The project's directory.</param>
internal sealed record HostPlaces(string Home, string Project)
{
    /// <summary>The places of whoever runs this.</summary>
    public static HostPlaces Own => new(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), Environment.CurrentDirectory);

    private string Xdg => OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } named ? named : Path.Combine(Home, ".config");

    private string Applications => OperatingSystem.IsMacOS() ? Path.Combine(Home, "Library", "Application Support") : Xdg;

    /// <summary>The path of a file.</summary>
    public string Resolve(HostFile file)
    {
        if (file.Variable.Length > 0 && Environment.GetEnvironmentVariable(file.Variable) is { Length: > 0 } directory)
        {
            return Path.GetFullPath(Path.Combine(directory, Path.GetFileName(file.Path)));
        }

        var slash = file.Path.IndexOf('/', StringComparison.Ordinal);
        var root = file.Path[..slash] switch { "~" => Home, "config:" => Applications, "xdg:" => Xdg, _ => Project };
        return Path.GetFullPath(Path.Combine(root, file.Path[(slash + 1)..]));
    }
}
