namespace Postern.Program.Running;

/// <summary>Signal numbers that the platform has no name for (Linux and macOS differ).</summary>
internal static class Signals
{
    /// <summary>SIGUSR1: toggles the kill switch.</summary>
    public static int User1 => OperatingSystem.IsMacOS() ? 30 : 10;
}
