using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Postern.Bench.Proxy;

/// <summary>A server that is measured from outside, as a process of its own; ended with this object.</summary>
internal sealed class ChildServer : IDisposable
{
    private const double TicksPerSecond = 100;
    private const int PatienceMs = 5000;
    private readonly Process _process;

    private ChildServer(Process process) => _process = process;

    /// <summary>Processor time so far, in microseconds, to the kernel's hundredth of a second.</summary>
    public double CpuMicroseconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond * 1e6;
        }
    }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB => Number(Array.Find(File.ReadAllLines($"/proc/{_process.Id}/status"), static line => line.StartsWith("VmRSS", StringComparison.Ordinal))!
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;

    /// <summary>True while it runs.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts a program; what it writes is dropped.</summary>
    public static ChildServer Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildServer(process);
    }

    /// <summary>Waits until something listens on a port of loopback.</summary>
    public void WaitFor(int port)
    {
        for (var attempt = 0; attempt < 3000 && IsAlive; attempt++)
        {
            try
            {
                using var probe = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(10);
            }
        }

        throw new InvalidOperationException($"Nothing listens on port {port}.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsAlive)
        {
            // Asked first: squid leaves shared memory behind when it is killed.
            using var request = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            if (!_process.WaitForExit(PatienceMs))
            {
                _process.Kill();
                _process.WaitForExit();
            }
        }

        _process.Dispose();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
