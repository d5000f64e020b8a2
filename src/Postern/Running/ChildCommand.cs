using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Postern.Program.Running;

/// <summary>Runs a command behind the firewall and takes over its exit code.</summary>
internal static class ChildCommand
{
    private const int NoSuchFile = 2;

    /// <summary>Starts the command, waits for its end and returns its code (128 + signal when a signal ended it).</summary>
    public static async Task<int> RunAsync(string[] command, IPEndPoint proxy, string? bundle)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false };
        foreach (var (name, value) in ChildEnvironment.Of(proxy, bundle))
        {
            start.Environment[name] = value.Length == 0 ? null : value;
        }

        Process? child;
        try
        {
            child = Process.Start(start);
        }
        catch (Win32Exception e)
        {
            Terminal.Fail($"{Terminal.Plain(command[0])}: {e.Message}");
            return e.NativeErrorCode == NoSuchFile ? ExitCodes.NotFound : ExitCodes.NotExecutable;
        }

        using (child)
        {
            return await WaitAsync(child!, _ => child!.Kill(entireProcessTree: false)).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the end of <paramref name="child"/> and returns its code.</summary>
    /// <param name="child">The command, or what contains it.</param>
    /// <param name="pass">Hands on a signal that was sent to Postern alone.</param>
    public static async Task<int> WaitAsync(Process child, Action<PosixSignal> pass)
    {
        // A terminal sends its signals to the whole group: the command decides what they mean, we stay for its traffic.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, static context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            pass(context.Signal);
        });
        await child.WaitForExitAsync().ConfigureAwait(false);
        return child.ExitCode;
    }
}
