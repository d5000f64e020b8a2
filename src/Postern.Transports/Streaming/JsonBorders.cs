using System.Buffers;
using System.Text.Json;
using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// The borders between pieces that are JSON each. Whoever reads them puts together what one property says, piece after piece, and
/// so it is looked at: names, brackets and the other properties do not stand between. All values together, in the order in which they
/// stand, are looked at too: names that change from piece to piece hide nothing. A value that is said again is not looked at again.
/// </summary>
internal sealed class JsonBorders
{
    /// <summary>Bytes on either side of the border within one property.</summary>
    private const int TailBytes = 1024;

    /// <summary>Properties that are followed apart; all others share one more.</summary>
    private const int MaxVoices = 8;

    /// <summary>What a voice keeps allocated between two pieces.</summary>
    private const int MaxKeptBytes = 16 * 1024;

    /// <summary>Under which the names themselves are followed.</summary>
    private const int Names = -1;

    private const int Others = 0;

    /// <summary>Under which every value is followed.</summary>
    private const int All = 1;

    /// <summary>Deeper than any policy reads.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    private readonly Dictionary<int, Voice> _voices = [];

    /// <summary>Adds a border for every property that says something new; false, and no border, when <paramref name="piece"/> is no JSON.</summary>
    public bool TryCross(ReadOnlySpan<byte> piece, MessageWriter writer)
    {
        var isJson = TryListen(piece);
        if (isJson)
        {
            Show(writer);
        }

        foreach (var voice in _voices.Values)
        {
            voice.Forget();
        }

        return isJson;
    }

    /// <summary>A new piece begins.</summary>
    public void Settle()
    {
        foreach (var voice in _voices.Values)
        {
            voice.Tail.Settle();
        }
    }

    /// <summary>The last piece was not passed on.</summary>
    public void TakeBack()
    {
        foreach (var voice in _voices.Values)
        {
            voice.Tail.TakeBack();
        }
    }

    private void Show(MessageWriter writer)
    {
        var all = VoiceOf(All);
        var isAlone = false;
        foreach (var (speaker, voice) in _voices)
        {
            var said = voice.Said.WrittenSpan;
            if (speaker != Names && speaker != All)
            {
                // When only one ever spoke, its border is that of all.
                isAlone |= said.SequenceEqual(all.Said.WrittenSpan) && voice.Tail.Text.SequenceEqual(all.Tail.Text);
                voice.Tail.CrossNews(said, writer);
            }
            else if (speaker == Names && !voice.Tail.Repeats(said))
            {
                voice.Tail.Cross(said, writer);
            }
        }

        all.Tail.Cross(all.Said.WrittenSpan, writer, isShown: !isAlone);
    }

    private bool TryListen(ReadOnlySpan<byte> piece)
    {
        var reader = new Utf8JsonReader(piece, s_anyDepth);
        var speaker = Others;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    speaker = SpeakerOf(reader.ValueSpan);
                    Listen(Names, ref reader);
                }
                else if (reader.TokenType == JsonTokenType.String)
                {
                    Listen(speaker, ref reader);
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair in it.
            return false;
        }
    }

    private void Listen(int speaker, ref Utf8JsonReader reader)
    {
        var voice = VoiceOf(speaker);
        var room = voice.Said.GetSpan(reader.ValueSpan.Length + 1);
        var length = reader.CopyString(room);
        voice.Said.Advance(length);
        if (speaker == Others || (speaker != Names && !voice.Tail.Repeats(room[..length])))
        {
            VoiceOf(All).Said.Write(room[..length]);
        }
    }

    private Voice VoiceOf(int speaker)
    {
        if (_voices.TryGetValue(speaker, out var voice))
        {
            return voice;
        }

        var isFull = speaker is not (Names or Others or All) && _voices.Count >= MaxVoices;
        return isFull ? VoiceOf(Others) : _voices[speaker] = new Voice();
    }

    /// <summary>Two names that fall together share a voice, which shows more than it should and never less.</summary>
    private static int SpeakerOf(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        return hash.ToHashCode();
    }

    private sealed class Voice
    {
        public BorderTail Tail { get; } = new(TailBytes);

        public ArrayBufferWriter<byte> Said { get; private set; } = new();

        public void Forget()
        {
            if (Said.Capacity > MaxKeptBytes)
            {
                Said = new ArrayBufferWriter<byte>();
            }
            else
            {
                Said.ResetWrittenCount();
            }
        }
    }
}
