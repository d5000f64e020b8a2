using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

public sealed class FrameWriterTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65535, 4)]
    [InlineData(65536, 10)]
    [InlineData(100_003, 10)]
    public void Writes_what_the_reader_reads_with_the_shortest_length(int payloadBytes, int headBytes)
    {
        var payload = new byte[payloadBytes];
        new Random(payloadBytes).NextBytes(payload);
        foreach (var mask in (uint?[])[null, 0x12345678, 0])
        {
            var frame = new byte[FrameWriter.MaxFrameBytes(payloadBytes)];

            var length = FrameWriter.Write(frame, FrameWriter.First(SocketOpcode.Binary), payload, mask);

            Assert.Equal(headBytes + (mask is null ? 0 : 4) + payloadBytes, length);
            var from = mask is null ? SocketPeer.Server : SocketPeer.Client;
            Assert.Equal("Binary " + Convert.ToHexString(payload), Frames.Transcript(from, payloadBytes, frame.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Writes_the_examples_of_the_standard()
    {
        var frame = new byte[32];

        var plain = FrameWriter.Write(frame, FrameWriter.First(SocketOpcode.Text), "Hello"u8, null);
        Assert.Equal("810548656C6C6F", Convert.ToHexString(frame, 0, plain));
        var masked = FrameWriter.Write(frame, FrameWriter.First(SocketOpcode.Text), "Hello"u8, BitConverter.ToUInt32([0x37, 0xFA, 0x21, 0x3D]));
        Assert.Equal("818537FA213D7F9F4D5158", Convert.ToHexString(frame, 0, masked));
    }
}
