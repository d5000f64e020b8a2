using System.Text.Json;
using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp;

/// <summary>Everything that one text on the wire says: one message, or the messages of a batch.</summary>
/// <param name="Whole">The message; for an array its shape is <see cref="RpcShape.Batch"/>.</param>
/// <param name="Items">The messages, one or those of the batch.</param>
internal readonly record struct RpcFrame(RpcEnvelope Whole, IReadOnlyList<RpcEnvelope> Items)
{
    /// <summary>Messages in one batch.</summary>
    public const int MaxBatch = 100;

    /// <summary>True for an array.</summary>
    public bool IsBatch => Whole.Shape == RpcShape.Batch;

    /// <summary>Why it cannot pass; None when every message in it is sound.</summary>
    public RpcFault Fault => Whole.Fault;

    /// <summary>Reads a text.</summary>
    public static RpcFrame Of(ReadOnlySpan<byte> text)
    {
        var whole = RpcReader.Read(text);
        if (whole.Shape != RpcShape.Batch)
        {
            return new RpcFrame(whole, [whole]);
        }

        var items = ItemsOf(text);
        var fault = items.Count is 0 or > MaxBatch || items.Exists(static item => item.Shape is RpcShape.None or RpcShape.Batch) ? RpcFault.NotRpc : RpcFault.None;
        return new RpcFrame(whole with { Fault = fault }, items);
    }

    /// <summary>A text that was too long to be read.</summary>
    public static RpcFrame TooLong(RpcId id)
    {
        var whole = new RpcEnvelope(RpcShape.None, id) { Fault = RpcFault.TooLong };
        return new RpcFrame(whole, [whole]);
    }

    private static List<RpcEnvelope> ItemsOf(ReadOnlySpan<byte> text)
    {
        var items = new List<RpcEnvelope>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && items.Count <= MaxBatch)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(RpcReader.Read(text[start..(int)reader.BytesConsumed]));
        }

        return items;
    }
}
