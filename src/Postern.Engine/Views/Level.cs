using System.Numerics;
using System.Runtime.CompilerServices;

namespace Postern.Engine.Views;

/// <summary>
/// The scratch of one view: its bytes, what the gate saw in them, and, while a hit is being located, their origins.
/// One level exists per nesting depth and is reused for every view at that depth.
/// </summary>
internal sealed class Level
{
    private const int InitialBytes = 1024;

    /// <summary>About twice what a change and its surroundings come to.</summary>
    private const int SparseBlock = 1200;

    private byte[] _bytes = new byte[InitialBytes];
    private readonly TouchMarks _touched = new();
    private readonly OriginMap _origins = new();
    private bool _recording;
    private int _cap;

    public ViewChain Chain { get; private set; }

    /// <summary>The decoding that made this view; none for the raw one.</summary>
    public Decoding Last => Chain.Depth == 0 ? Decoding.None : Chain[Chain.Depth - 1];

    /// <summary>Encodings in the chain, against <see cref="ViewLimits.MaxDepth"/>.</summary>
    public int Nesting { get; private set; }

    public int Length { get; private set; }

    /// <summary>True when bytes were dropped because the budget is used up.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>True when only the touched blocks differ from what the parent view already showed.</summary>
    public bool Partial { get; set; }

    /// <summary>What may stand here and in no other view.</summary>
    public ViewShows Shows { get; set; }

    /// <summary>True when the view's sentences are left to the one that decodes its escapes.</summary>
    public bool IsQuoted { get; set; }

    /// <summary>True when a step that rewrites text here and there is to show all of it.</summary>
    public bool IsWhole { get; set; }

    /// <summary>True when a rewriting step produced a character that an earlier step of the canonical order could read.</summary>
    public bool Introduced { get; set; }

    /// <summary>What the gate saw.</summary>
    public Feature Features { get; set; }

    /// <summary>Runs of the base64 alphabet, line breaks included.</summary>
    public RangeList Runs { get; } = new();

    /// <summary>Runs of hexadecimal digits.</summary>
    public RangeList HexRuns { get; } = new();

    /// <summary>Where hexadecimal digits in delimited groups begin.</summary>
    public RangeList HexGroups { get; } = new();

    /// <summary>Runs of anything but white space.</summary>
    public RangeList Words { get; } = new();

    /// <summary>Runs of digits and what separates numbers.</summary>
    public RangeList Numbers { get; } = new();

    /// <summary>Runs of letters, digits and the other characters of base64.</summary>
    public RangeList Tokens { get; } = new();

    /// <summary>The tokens that may be a credential the wrong way round.</summary>
    public RangeList OddTokens { get; } = new();

    /// <summary>Runs of the base58 alphabet.</summary>
    public RangeList Base58Runs { get; } = new();

    /// <summary>Lines whose letters follow each other as in no English text.</summary>
    public RangeList OddLines { get; } = new();

    /// <summary>Where words are short enough to be letters spaced out.</summary>
    public RangeList SpacedRuns { get; } = new();

    /// <summary>The values among the leaves of a container; empty for a view that has none.</summary>
    public RangeList Pieces { get; } = new();

    /// <summary>The pieces that look like pieces of a secret.</summary>
    public RangeList Fragments { get; } = new();

    /// <summary>The names among the leaves of a container, which are a stream of pieces of their own.</summary>
    public RangeList Names { get; } = new();

    /// <summary>The values among the leaves of a container that have line breaks in them.</summary>
    public RangeList BrokenPieces { get; } = new();

    /// <summary>True when the view lies beyond the bound on depth: it is not shown, only asked whether it holds text.</summary>
    public bool AtLimit { get; set; }

    /// <summary>Exactly what differs from the parent view, in a partial one beyond the bound on depth.</summary>
    public RangeList Changes { get; } = new();

    /// <summary>
    /// For a view beyond the bound: whether decoding brought text beyond doubt to light. What it merely repeats does not count.
    /// </summary>
    public bool HasCertainText => Partial ? TextTest.HasCertainText(Bytes, Changes.Items) : TextTest.HasCertainText(Bytes);

    /// <summary>Intermediate bytes of the decoder that reads this view.</summary>
    public byte[] Work { get; private set; } = [];

    public bool Recording => _recording;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Begin(ViewChain chain, int nesting, int cap, bool recording)
    {
        Chain = chain;
        Nesting = nesting;
        Length = 0;
        Overflowed = false;
        Partial = false;
        Introduced = false;
        IsQuoted = false;
        IsWhole = false;
        AtLimit = false;
        Shows = ViewShows.All;
        Differs = null;
        _cap = cap;
        _origins.Clear();
        _recording = recording;
        Pieces.Clear();
        Names.Clear();
        BrokenPieces.Clear();
    }

    /// <summary>Copies bytes of the parent that begin there at <paramref name="from"/>.</summary>
    public void Copy(ReadOnlySpan<byte> bytes, int from)
    {
        if (bytes.Length != 0 && Reserve(bytes.Length))
        {
            bytes.CopyTo(_bytes.AsSpan(Length));
            Record(bytes.Length, from, bytes.Length, 1, 1);
            Length += bytes.Length;
        }
    }

    /// <summary>Adds bytes that stand, indivisibly, for <paramref name="inLength"/> bytes of the parent.</summary>
    public void Put(ReadOnlySpan<byte> bytes, int from, int inLength)
    {
        if (bytes.Length != 0 && Reserve(bytes.Length))
        {
            bytes.CopyTo(_bytes.AsSpan(Length));
            Record(bytes.Length, from, inLength, bytes.Length, inLength);
            Length += bytes.Length;
        }
    }

    /// <summary>Adds bytes that stand for the parent's in a fixed proportion, such as 3 for 4.</summary>
    public void PutUnits(ReadOnlySpan<byte> bytes, ByteRange from, int outUnit, int inUnit)
    {
        if (bytes.Length != 0 && Reserve(bytes.Length))
        {
            bytes.CopyTo(_bytes.AsSpan(Length));
            Record(bytes.Length, from.Start, from.Length, outUnit, inUnit);
            Length += bytes.Length;
        }
    }

    /// <summary>Adds one byte that stands for <paramref name="inLength"/> bytes of the parent.</summary>
    public void Put(byte value, int from, int inLength)
    {
        if (Reserve(1))
        {
            _bytes[Length] = value;
            Record(1, from, inLength, 1, inLength);
            Length++;
        }
    }

    /// <summary>Ends a piece with a line feed of our own, which comes from nowhere, unless one stands there already.</summary>
    public void Separate()
    {
        if (Length != 0 && _bytes[Length - 1] != (byte)'\n' && Reserve(1))
        {
            _bytes[Length++] = (byte)'\n';
        }
    }

    /// <summary>Takes back everything after <paramref name="length"/>.</summary>
    public void Truncate(int length)
    {
        Length = Math.Min(Length, length);
        _origins.Truncate(length);
    }

    /// <summary>Forgets the touched marks; called before the first <see cref="Touch"/> of a partial view.</summary>
    public void ClearTouched()
    {
        _touched.Clear();
        Changes.Clear();
    }

    /// <summary>Says that the bytes from <paramref name="start"/> to <paramref name="end"/> differ from the parent's.</summary>
    public void Touch(int start, int end)
    {
        if (AtLimit)
        {
            Changes.Add(start, end);
        }

        _touched.Add(start, end);
    }

    /// <summary>The touched marks of a partial view.</summary>
    public TouchMarks Touched => _touched;

    /// <summary>The same, when the parent view shows all the rest.</summary>
    public TouchMarks? Differs { get; set; }

    /// <summary>True when little of a long view differs from its parent, so that what differs is better read by itself.</summary>
    public bool IsSparse => Length > Surroundings.WholeBelow && _touched.Count * SparseBlock < Length;

    /// <summary>Whether a stretch is new here; what is not was already read in the parent view.</summary>
    public bool IsNew(int start, int end) => !Partial || _touched.Any(start, Math.Min(end, Length - 1));

    /// <summary>Scratch for the decoder that reads this view, at least <paramref name="size"/> bytes.</summary>
    public Span<byte> WorkOf(int size)
    {
        if (Work.Length < size)
        {
            Work = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)size)];
        }

        return Work;
    }

    /// <summary>The parent's bytes that a range of this view came from.</summary>
    public ByteRange Locate(ByteRange range) => _origins.Locate(range);

    /// <summary>Says that there is more than the budget allows.</summary>
    public void Overflow() => Overflowed = true;

    /// <summary>How many bytes may still be added.</summary>
    public int Free => _cap - Length;

    /// <summary>What did not fit is not missed: the caller knows that it passes unread.</summary>
    public void Forgive() => Overflowed = false;

    /// <summary>Gives scratch back that one large part made grow.</summary>
    public void Trim(int maxKeptBytes)
    {
        _origins.Trim(maxKeptBytes);
        if (_bytes.Length > maxKeptBytes || Work.Length > maxKeptBytes)
        {
            _bytes = new byte[InitialBytes];
            Work = [];
            _touched.Release();
        }

        foreach (var list in (ReadOnlySpan<RangeList>)[Runs, HexRuns, HexGroups, Words, Numbers, Tokens, OddTokens, Base58Runs, OddLines, SpacedRuns, Pieces, Names, Fragments, BrokenPieces, Changes])
        {
            if (list.HeldBytes > maxKeptBytes)
            {
                list.Release();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Reserve(int more)
    {
        if (more <= Math.Min(_cap, _bytes.Length) - Length)
        {
            return true;
        }

        if (more > _cap - Length)
        {
            Overflowed = true;
            return false;
        }

        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, BitOperations.RoundUpToPowerOf2((uint)(Length + more))));
        return true;
    }

    private void Record(int outLength, int from, int inLength, int outUnit, int inUnit)
    {
        if (_recording)
        {
            _origins.Add(new Origin(Length, outLength, from, inLength, outUnit, inUnit));
        }
    }
}
