namespace Postern.Program.Checkup;

/// <summary>Whether the home directory is there, writable, and closed to others.</summary>
internal static class HomeCheck
{
    private const string Name = "home";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static CheckResult Run(Home home)
    {
        if (!Directory.Exists(home.Path))
        {
            return File.Exists(home.Path)
                ? new CheckResult(Name, Health.Fail, $"{home.Path} is a file", "Remove it, or name another directory with --home or POSTERN_HOME.")
                : CheckResult.Ok(Name, $"{home.Path} will be made at the first start");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(home.Path) & Others) != 0)
        {
            return new CheckResult(Name, Health.Fail, $"others can enter {home.Path}, where the keys lie", $"Run 'chmod 700 {home.Path}'.");
        }

        return WriteTest.IsWritable(home.Path)
            ? CheckResult.Ok(Name, home.Path)
            : new CheckResult(Name, Health.Fail, $"{home.Path} is not writable", "Run as its owner, or name another directory with --home or POSTERN_HOME.");
    }
}
