using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Postern.Engine.Policy;

namespace Postern.Transports.Mcp;

/// <summary>
/// Runs the operator's program that answers instead of a tool. It hears of the call only what the profile says, on its command line;
/// nothing is ever written to it.
/// </summary>
internal static class RedirectProgram
{
    /// <summary>The longest answer.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What it printed; null when it failed in any way.</summary>
    /// <param name="redirect">The profile.</param>
    /// <param name="call">The refused <c>tools/call</c>.</param>
    /// <param name="cancel">The session is over.</param>
    public static async Task<string?> RunAsync(Redirect redirect, ReadOnlyMemory<byte> call, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(s_patience);
        try
        {
            using var process = Process.Start(StartOf(redirect, call))!;
            try
            {
                var output = await ReadAsync(process.StandardOutput.BaseStream, stop.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
                return process.ExitCode == 0 ? output : null;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidDataException or DecoderFallbackException or JsonException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private static ProcessStartInfo StartOf(Redirect redirect, ReadOnlyMemory<byte> call)
    {
        // Postern's own input is the agent's wire. The shell only puts nothing in its place; no text of a call or of the profile is read by it.
        string[] prefix = OperatingSystem.IsWindows() ? [] : ["/bin/sh", "-c", "exec \"$@\" </dev/null", "sh"];
        string[] command = [.. prefix, .. redirect.Command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = OperatingSystem.IsWindows(), RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in ServerEnvironment.Of(Environment.GetEnvironmentVariables(), [$"POSTERN_REDIRECT_PROFILE={redirect.Name}", $"POSTERN_REDIRECT_REASON={redirect.Reason}"]))
        {
            start.Environment[name] = value;
        }

        if (redirect.TakesArguments)
        {
            using var document = JsonDocument.Parse(call);
            start.ArgumentList.Add(document.RootElement.GetProperty("params"u8).TryGetProperty("arguments"u8, out var arguments) ? arguments.GetRawText() : "{}");
        }

        return start;
    }

    private static async Task<string> ReadAsync(Stream output, CancellationToken cancel)
    {
        var room = new byte[MaxBytes + 1];
        var length = await output.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        return length <= MaxBytes ? s_strict.GetString(room, 0, length) : throw new InvalidDataException("more than may be answered");
    }
}
