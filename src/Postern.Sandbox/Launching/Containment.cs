using System.Net.Sockets;
using System.Runtime.InteropServices;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Launching;

/// <summary>
/// The firewall's side of one contained start: what to run, and the talk with the stage that it begins with. Whoever uses it starts
/// <see cref="Program"/> with its own means, then offers the plan, listens, and lets the command go.
/// </summary>
public sealed class Containment : IDisposable
{
    private readonly DirectoryInfo _place;
    private readonly Socket _listener;
    private Socket? _stage;

    /// <summary>Prepares; nothing is started yet.</summary>
    /// <param name="own">How Postern itself is started.</param>
    /// <param name="facts">What the machine offers.</param>
    public Containment(IReadOnlyList<string> own, KernelFacts facts)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(facts);

        // A new directory with a name nobody can foresee, which only its owner may enter: the socket in it needs no rights of its own.
        _place = Directory.CreateTempSubdirectory("postern-");
        var address = Path.Combine(_place.FullName, "stage");
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(address));
        _listener.Listen(1);
        string[] stage = [.. own, Stage.Word, address];
        var all = facts.Namespaces.Length == 0 ? (string[])[Unshare.Program!, .. Unshare.Around(stage)] : stage;
        (Program, Arguments) = (all[0], all[1..]);
    }

    /// <summary>What to start.</summary>
    public string Program { get; }

    /// <summary>With these arguments.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>A directory of this start's own that is removed with it: home and temporary files where there are no namespaces.</summary>
    public string Scratch => Directory.CreateDirectory(Path.Combine(_place.FullName, "scratch")).FullName;

    /// <summary>What the stage needs of the environment; the rest would be readable in process 1 and comes with the plan.</summary>
    public static Dictionary<string, string> StageEnvironment(System.Collections.IDictionary own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var passed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // The runtime's diagnostics listen on a socket in /tmp, and cost a thread.
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
        foreach (var name in (string[])["PATH", "HOME", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"])
        {
            if (own[name] is string value)
            {
                passed[name] = value;
            }
        }

        return passed;
    }

    /// <summary>Waits for the stage, gives it the plan, and gets the door.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="cancel">Gives up: the program ended before it came so far.</param>
    /// <returns>The listener inside; null without one.</returns>
    /// <exception cref="ContainmentException">The stage ended instead; it said why on standard error.</exception>
    public async Task<Socket?> OfferAsync(SandboxPlan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        try
        {
            _stage = await _listener.AcceptAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw new ContainmentException("the command's namespaces could not be made", e);
        }

        var handle = (int)_stage.Handle;
        _stage.Blocking = true;
        var (mark, descriptor) = await Task.Run(() => Exchange(handle, PlanCodec.Write(plan)), CancellationToken.None).ConfigureAwait(false);
        return mark != Mark.Door ? throw new ContainmentException("the command was not started")
            : descriptor < 0 ? null
            : new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    }

    private static (int Mark, int Descriptor) Exchange(int stage, byte[] plan)
    {
        RawSocket.Put(stage, plan);
        return DescriptorPassing.Take(stage);
    }

    /// <summary>Lets the command start.</summary>
    public void Go() => DescriptorPassing.Give((int)_stage!.Handle, Mark.Go);

    /// <summary>Sends a signal to the command itself, past the process that waits for it.</summary>
    /// <param name="signal">Its number.</param>
    public void Pass(PosixSignal signal)
    {
        if (_stage is not null && DescriptorPassing.PeerOf((int)_stage.Handle) is { Process: > 0 and var process })
        {
            _ = Native.Kill(process, signal switch { PosixSignal.SIGHUP => 1, PosixSignal.SIGINT => 2, _ => 15 });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage?.Dispose();
        _listener.Dispose();
        _place.Delete(recursive: true);
    }
}
