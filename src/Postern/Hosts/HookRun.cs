using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Program.Judging;
using Postern.Program.Running;
using Postern.Transports.Control;
using Postern.Transports.Evidence;
using Postern.Transports.Hooks;

namespace Postern.Program.Hosts;

/// <summary>
/// One event of a host on standard input, its answer on standard output. Hosts go on when a hook fails in any other way than the one
/// they know, so whatever goes wrong here is a no, and a no that cannot be written is exit code 2.
/// </summary>
internal static class HookRun
{
    /// <summary>Hosts refuse on this exit code, whatever the answer says.</summary>
    private const int Blocked = ExitCodes.Usage;

    /// <summary>Sooner than a host goes on without an answer (10 s, as <see cref="HookEntries"/> asks for).</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <summary>Reads, judges, answers.</summary>
    /// <param name="host">Who asks.</param>
    /// <param name="config">The configuration that was named; null for the one that applies.</param>
    /// <param name="home">Where keys and evidence are.</param>
    public static int Run(HookHost host, string? config, Home home)
    {
        HookAnswer answer;
        try
        {
            answer = Task.Run(() => JudgeAsync(host, config, home)).WaitAsync(s_patience).GetAwaiter().GetResult();
        }
        catch (ConfigException wrong)
        {
            answer = HookAnswer.Failed(host, wrong.Message);
        }
        catch (Exception e)
        {
            // The host would let the call pass if this process ended any other way.
            answer = HookAnswer.Failed(host, $"it could not judge this ({e.GetType().Name}).");
        }

        return Write(answer);
    }

    private static async Task<HookAnswer> JudgeAsync(HookHost host, string? config, Home home)
    {
        var loaded = ConfigFile.Load(ConfigFile.Find(config));
        home.Create();
        using var signer = Firewall.SignerOf(loaded.Config.FlightRecorder.SigningKeyPath, home);
        var (recorder, _) = EvidencePlace.Open(loaded.Config.FlightRecorder, home, signer, TimeProvider.System);
        await using (recorder)
        {
            using var halt = new KillSwitch(TimeProvider.System, home.Halt);
            halt.Configure(loaded.Config.KillSwitch.Enabled, loaded.Config.KillSwitch.SentinelFile);
            var nobody = new NobodyThere();
            var inspector = new Inspector(new InspectorSeams(recorder, nobody, nobody, nobody, halt, TimeProvider.System, SigningKey.FingerprintKey(signer)));
            var checkpoint = new HookCheckpoint(inspector, new PolicyHolder(new PolicySnapshot(1, loaded.Hash, loaded.Policy)));
            return await checkpoint.JudgeAsync(host, ReadEvent(), null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>All of standard input, or one byte more than an event may have.</summary>
    private static ReadOnlyMemory<byte> ReadEvent()
    {
        using var input = Console.OpenStandardInput();
        var room = new byte[16 * 1024];
        var length = 0;
        while (length <= HookCheckpoint.MaxEventBytes)
        {
            var read = input.Read(room, length, room.Length - length);
            if (read == 0)
            {
                break;
            }

            length += read;
            if (length == room.Length)
            {
                Array.Resize(ref room, Math.Min(room.Length * 2, HookCheckpoint.MaxEventBytes + 1));
            }
        }

        return room.AsMemory(0, length);
    }

    private static int Write(HookAnswer answer)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            output.Write([.. answer.Json.Span, (byte)'\n']);
        }
        catch (IOException)
        {
            return Blocked;
        }

        if (answer.IsUnread)
        {
            Terminal.Fail(answer.Reason);
            return Blocked;
        }

        return ExitCodes.Ok;
    }
}
