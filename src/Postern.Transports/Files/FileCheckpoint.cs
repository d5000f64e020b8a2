using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Http;

namespace Postern.Transports.Files;

/// <summary>Judges what was written into files. It is written by then: a refusal is for the record, for whoever is told, and for whoever moves the file aside.</summary>
/// <param name="inspector">The checkpoint, the same one that traffic passes.</param>
/// <param name="policies">The policy in force.</param>
/// <param name="agent">Whose files they are; empty for nobody that is known.</param>
public sealed class FileCheckpoint(Inspector inspector, PolicyHolder policies, string agent)
{
    /// <summary>Begins what belongs to one file.</summary>
    /// <param name="writer">Who wrote it; null when that is not known.</param>
    public Exchange Begin(PeerProcess? writer) => policies.BeginExchange("files", agent, writer);

    /// <summary>What is objected to; null for nothing.</summary>
    public ValueTask<Refused?> JudgeAsync(Exchange exchange, WrittenText written, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(written);
        using var writer = new MessageWriter(written.Bytes.Length + 256);
        writer.Add(PartKind.Method, Encoding.ASCII.GetBytes(written.Verb));
        writer.Add(PartKind.Text, Encoding.UTF8.GetBytes(written.Path));
        writer.Add(PartKind.Text, written.Bytes.Span);
        var facts = new MessageFacts(MessageKind.Text, written.Direction) { Whole = true, IsFixed = true, Obstacles = written.Steers ? Obstacle.AgentFileChanged : Obstacle.None };
        return Objection.ToAsync(inspector, exchange, writer.Seal(facts), cancel);
    }
}
