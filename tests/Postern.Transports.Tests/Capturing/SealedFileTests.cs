using System.Security.Cryptography;
using System.Text;
using Postern.Transports.Capturing;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Capturing;

public sealed class SealedFileTests : IDisposable
{
    private static readonly string[] s_texts = ["one", "", "a third that is longer than the others"];

    private readonly EscrowKey _key = EscrowKey.Create();
    private readonly SealedBytes _file = new();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void What_was_sealed_is_read_in_order_with_its_gaps_and_its_end()
    {
        using (var file = Begin())
        {
            file.Add(Encoding.ASCII.GetBytes("one"), missing: 0);
            file.Add(Encoding.ASCII.GetBytes("two"), missing: 7);
            file.End();
        }

        var (frames, reader) = Read(_file.Bytes);
        Assert.Equal([(FrameKind.Capture, 0L), (FrameKind.Gap, 7L), (FrameKind.Capture, 0L)], frames.Select(static frame => (frame.Kind, frame.Count)));
        Assert.Equal("two"u8, frames[2].Text.Span);
        Assert.Equal((SealedEnd.Whole, 3, new string('a', 32)), (reader.End, reader.Number, reader.Run));
        Assert.True(_file.Bytes.AsSpan().IndexOf("two"u8) < 0);
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        Write();
        using var other = EscrowKey.Create();
        var reader = new SealedReader(new MemoryStream(_file.Bytes), other);
        Assert.Empty(reader.Frames());
        Assert.Equal(SealedEnd.OtherKey, reader.End);

        // And not when the file says that it is sealed to it.
        var header = SealedHeader.Read(_file.Bytes.AsMemory(0, SealedHeader.Bytes))!.Value with { KeyId = other.Id };
        reader = new SealedReader(new MemoryStream([.. header.Write(), .. _file.Bytes[SealedHeader.Bytes..]]), other);
        Assert.Empty(reader.Frames());
        Assert.Equal(SealedEnd.Broken, reader.End);
    }

    [Fact]
    public void Every_flipped_bit_is_noticed_and_what_stands_before_it_is_read()
    {
        var starts = Write();
        for (var at = 0; at < _file.Bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = _file.Bytes.ToArray();
                flipped[at] ^= (byte)(1 << bit);
                var (frames, reader) = Read(flipped);
                Assert.NotEqual(SealedEnd.Whole, reader.End);
                Assert.Equal(Math.Min(s_texts.Length, starts.Count(start => start <= at) - 1) is var whole && whole < 0 ? 0 : whole, frames.Count);
            }
        }
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_read_up_to_there_and_is_known_to_be_cut()
    {
        var starts = Write();
        for (var length = 0; length < _file.Bytes.Length; length++)
        {
            var (frames, reader) = Read(_file.Bytes[..length]);
            Assert.Equal(SealedEnd.CutOff, reader.End);
            Assert.Equal(Math.Max(0, starts.Count(start => start <= length) - 1), frames.Count);
        }
    }

    [Fact]
    public void Frames_taken_out_repeated_exchanged_or_added_are_noticed()
    {
        var starts = Write();
        var bytes = _file.Bytes;
        byte[] Frame(int index) => bytes[starts[index]..(index + 1 < starts.Count ? starts[index + 1] : bytes.Length)];
        var head = bytes[..starts[0]];
        byte[][] wrong =
        [
            [.. head, .. Frame(1), .. Frame(2), .. Frame(3)],
            [.. head, .. Frame(0), .. Frame(0), .. Frame(1), .. Frame(2), .. Frame(3)],
            [.. head, .. Frame(1), .. Frame(0), .. Frame(2), .. Frame(3)],
            [.. head, .. Frame(0), .. Frame(3)],
            [.. bytes, 0],
        ];
        Assert.All(wrong, each => Assert.Equal(SealedEnd.Broken, Read(each).Reader.End));
        Assert.Equal(SealedEnd.Whole, Read([.. head, .. Frame(0), .. Frame(1), .. Frame(2), .. Frame(3)]).Reader.End);
    }

    [Fact]
    public void Each_file_has_a_key_of_its_own()
    {
        Write();
        var first = _file.Bytes;
        var again = new SealedBytes();
        using (var file = new SealedFile(again, _key, new SealedName(DateTimeOffset.UnixEpoch, Enumerable.Repeat((byte)0xAA, SealedHeader.RunBytes).ToArray(), 3)))
        {
            file.Add(Encoding.ASCII.GetBytes(s_texts[0]), 0);
        }

        Assert.NotEqual(first[SealedHeader.Bytes..(SealedHeader.Bytes + 24)], again.Bytes[SealedHeader.Bytes..(SealedHeader.Bytes + 24)]);
    }

    [Fact]
    public void Only_a_public_key_of_the_curve_seals_and_only_a_private_one_opens()
    {
        using var readable = EscrowKey.ReadPrivate(_key.PrivatePem);
        using var sealing = EscrowKey.ReadPublic(_key.PublicPem);
        Assert.Equal(_key.Id.Span, readable.Id.Span);
        Assert.Equal(_key.Id.Span, sealing.Id.Span);
        using var wide = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        string[] wrong = [_key.PrivatePem, _key.PublicPem + _key.PrivatePem, wide.ExportSubjectPublicKeyInfoPem(), rsa.ExportSubjectPublicKeyInfoPem(), "", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"];
        Assert.All(wrong, static pem => Assert.Throws<FormatException>(() => EscrowKey.ReadPublic(pem)));
        Assert.Throws<FormatException>(() => EscrowKey.ReadPrivate(_key.PublicPem));
        Assert.Throws<FormatException>(() => EscrowKey.ReadPrivate(wide.ExportPkcs8PrivateKeyPem()));
        Assert.Contains("private key", Assert.Throws<FormatException>(() => EscrowKey.ReadPublic(_key.PrivatePem)).Message, StringComparison.Ordinal);
    }

    private SealedFile Begin() => new(_file, _key, new SealedName(DateTimeOffset.UnixEpoch, Enumerable.Repeat((byte)0xAA, SealedHeader.RunBytes).ToArray(), 3));

    /// <summary>Where each frame begins, the last one included.</summary>
    private List<int> Write()
    {
        using var file = Begin();
        List<int> starts = [];
        foreach (var text in s_texts)
        {
            starts.Add((int)file.Length);
            file.Add(Encoding.ASCII.GetBytes(text), missing: 0);
        }

        starts.Add((int)file.Length);
        file.End();
        return starts;
    }

    private (List<SealedFrame> Frames, SealedReader Reader) Read(byte[] bytes)
    {
        var reader = new SealedReader(new MemoryStream(bytes), _key);
        return ([.. reader.Frames()], reader);
    }

    private sealed class SealedBytes : IRecordFile
    {
        private readonly MemoryStream _bytes = new();

        public byte[] Bytes => _bytes.ToArray();

        public long Length => _bytes.Length;

        public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
