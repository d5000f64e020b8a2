using System.Buffers.Binary;
using Postern.Sandbox.Launching;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Tests.Launching;

public sealed class PlanCodecTests
{
    private static readonly SandboxPlan s_plan = new(
        [new("namespaces", true, "a"), new("landlock", false, "b"), new("seccomp", true, "c")],
        [new("/usr", Access.Read), new("/wörk space", Access.Write) { IsData = true }, new("/root/.ssh", Access.Hidden), new("/tmp", Access.Private)],
        [new("/bin", "usr/bin")],
        NetworkWay.Door)
    {
        Directory = "/work", Port = 8888, Command = ["sh", "-c", "echo ünicode\n"], Environment = ["A=1", "B=", "C=x=y"], Limits = [(4, 0), (7, 65536)],
    };

    [Fact]
    public void What_is_written_is_read()
    {
        var bytes = PlanCodec.Write(s_plan);
        Assert.Equal(bytes.Length - sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(bytes));

        // Lists compare by reference, so both are compared as what they print and write.
        var read = PlanCodec.Read(bytes[sizeof(int)..]);
        Assert.Equivalent(s_plan, read, strict: true);
        Assert.Equal(bytes, PlanCodec.Write(read));
    }

    [Fact]
    public void A_plan_cut_anywhere_is_no_plan()
    {
        var bytes = PlanCodec.Write(s_plan)[sizeof(int)..];
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<EndOfStreamException>(() => PlanCodec.Read(bytes[..length]));
        }
    }
}
