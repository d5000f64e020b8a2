using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Program.Judging;
using Postern.Program.Running;
using Postern.Program.Scanning;
using Postern.Program.Scanning.Files;
using Postern.Transports.Files;

namespace Postern.Program.Sentinel;

/// <summary>
/// Judges what was written, as <c>postern scan</c> judges it, and has what is objected to recorded like everything else that is
/// judged: with its findings, questions and notices. The file was written by then, so a refusal undoes nothing; at most it moves the file aside.
/// </summary>
/// <param name="firewall">What takes notes.</param>
/// <param name="checkpoint">What judges, for the agent whose workspace it is.</param>
/// <param name="stance">As what a change of a file that steers agents is judged: sent by an agent it is asked about, read by one it is recorded.</param>
/// <param name="forget">Called with what is moved: that it is gone is no news, and the same again is.</param>
/// <param name="quarantine">Where refused files go; null when they stay.</param>
internal sealed class FileJudge(Firewall firewall, FileCheckpoint checkpoint, Direction stance, Action<string> forget, Quarantine? quarantine)
{
    /// <summary>Windows of one file that are recorded; the note says how many objections there were in all.</summary>
    private const int MaxRecords = 8;

    /// <summary>Rules that a note names.</summary>
    private const int MaxNamed = 8;

    private TextScanner? _secrets;
    private TextScanner? _steering;
    private Offline? _names;
    private long _revision = -1;
    private int _refused;

    /// <summary>Files that were refused so far.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>With what there is to object to; not to be called twice at once.</summary>
    public async Task<Sighting> SearchAsync(Sighting seen, CancellationToken cancel)
    {
        var exchange = checkpoint.Begin(seen.Writer);
        if (exchange.Policy.Revision != _revision)
        {
            _revision = exchange.Policy.Revision;
            (_secrets, _steering, _names) = (new(exchange.Policy, BatchKinds.Dlp), new(exchange.Policy, BatchKinds.Dlp | BatchKinds.Injection), new(exchange.Policy));
        }

        List<FileFinding> found = [];
        await (seen.Steers ? _steering! : _secrets!).ScanAsync(new SourceText(seen.Relative, seen.Text), found, cancel).ConfigureAwait(false);

        // Comments in a file accept nothing here: whoever is watched could write them.
        found.RemoveAll(static finding => finding.Effect == Effect.Allow || finding.AcceptedBy == "configuration");
        var name = await _names!.JudgeAsync(Probe.OfText(Encoding.UTF8.GetBytes(PathOf(seen)), Direction.Outbound), cancel).ConfigureAwait(false);
        return seen with { Found = found, IsNameRefused = name.IsObjection };
    }

    /// <summary>Has it judged and recorded, and the file moved when it is refused.</summary>
    public async Task RuleAsync(Sighting seen, CancellationToken cancel)
    {
        var exchange = checkpoint.Begin(seen.Writer);
        var isRefused = false;
        foreach (var written in Pieces(seen))
        {
            // That everything is halted says nothing against the file.
            isRefused |= await checkpoint.JudgeAsync(exchange, written, cancel).ConfigureAwait(false) is { } refused
                && (refused.Decisive is null || refused.Decisive.Rule.Category != RuleCategory.Operation || refused.RuleId == OperationRules.NotApproved.Id);
        }

        if (isRefused)
        {
            Interlocked.Increment(ref _refused);
        }

        var fate = isRefused ? "refused, and left as it is" : "not refused";
        if (isRefused && quarantine is not null && seen.Identity is not null)
        {
            forget(PathOf(seen));
            fate = "refused, and " + quarantine.Take(seen);
        }

        firewall.Note($"file sentry: {seen.Verb.ToLowerInvariant()} of {(seen.IsNameRefused ? "a file whose name is not repeated" : Terminal.Plain(PathOf(seen)))}: {Named(seen)}; {Writer(seen)}; {fate}");
    }

    /// <summary>What steers agents once for what it is, and every window that holds something for that.</summary>
    private IEnumerable<WrittenText> Pieces(Sighting seen)
    {
        var made = 0;
        foreach (var (start, end) in TextScanner.WindowsOf(seen.Text))
        {
            var inside = seen.Found.Where(finding => finding.Start >= start && finding.Start < end).ToList();
            foreach (var direction in (Direction[])[Direction.Outbound, Direction.Inbound])
            {
                var isDue = (start == 0 && ((seen.Steers && direction == stance) || (seen.IsNameRefused && direction == Direction.Outbound)))
                    || inside.Exists(finding => (finding.Finding.Rule.Category == RuleCategory.Injection) == (direction == Direction.Inbound));
                if (isDue && made++ < MaxRecords)
                {
                    yield return new WrittenText(seen.Verb, seen.Relative, seen.Text[start..end], direction) { Steers = seen.Steers && direction == stance };
                }
            }
        }
    }

    private static string PathOf(Sighting seen) => Path.Join(seen.Root.Path, seen.Relative);

    private static string Named(Sighting seen)
    {
        var rules = seen.Found.Select(static finding => $"{finding.Finding.Rule.Id} in line {finding.Line}").Distinct().ToList();
        var named = string.Join(", ", rules.Take(MaxNamed)) + (rules.Count > MaxNamed ? $" and {rules.Count - MaxNamed} more" : "");
        return (seen.Steers ? "a file that steers agents" + (named.Length > 0 ? ", " : "") : "") + named + (seen.Unread > 0 ? $" ({seen.Unread} bytes at its end were not looked at)" : "");
    }

    private static string Writer(Sighting seen) =>
        seen.Writer is { } writer ? "by " + Named(writer) : seen.Holder is { } holder ? "open in " + Named(holder) + ", who wrote it was not seen" : "who wrote it was not seen";

    private static string Named(PeerProcess process) => process.Command.Length == 0 ? $"process {process.Id}, which has ended"
        : $"process {process.Id} ({process.Command}{(process.Executable.Length > 0 ? ", " + process.Executable : "")})";
}
