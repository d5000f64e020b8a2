using System.Runtime.InteropServices;

namespace Postern.Program.Running;

/// <summary>Signals that the platform has no name for.</summary>
internal static class Signals
{
    /// <summary>Linux and macOS differ.</summary>
    private static int User1 => OperatingSystem.IsMacOS() ? 30 : 10;

    /// <summary>Does something on SIGUSR1 until it is disposed; null where there are no signals.</summary>
    public static PosixSignalRegistration? OnUser1(Action act) => OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)User1, context =>
    {
        // What the system does with this signal otherwise is to end the process.
        context.Cancel = true;
        act();
    });
}
