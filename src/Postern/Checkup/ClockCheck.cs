namespace Postern.Program.Checkup;

/// <summary>Whether the clock can be right: certificates and evidence depend on it.</summary>
internal static class ClockCheck
{
    private const string Name = "clock";

    public static CheckResult Run(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, "postern.dll")));

        // A day, because a build machine may lie in another time zone or run a little ahead.
        return now < built - TimeSpan.FromDays(1)
            ? new CheckResult(Name, Health.Fail, $"{now:u} is before this program was built ({built:u})", "Set the clock; certificates would not be valid and evidence would bear wrong times.")
            : CheckResult.Ok(Name, now.ToString("u"));
    }
}
