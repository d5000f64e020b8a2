using System.Runtime.InteropServices;
using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Tests.Kernel;

public sealed class SeccompFilterTests
{
    private const uint NotPermitted = 0x00050001;
    private const uint Access = 0x0005000D;
    private const uint NoSuchCall = 0x00050026;
    private const uint NoSuchFamily = 0x00050061;
    private const uint Allow = FilterMachine.Allow;

    private static readonly BpfInstruction[] s_x64 = SeccompFilter.Build(Architecture.X64, ownNetwork: true);
    private static readonly BpfInstruction[] s_arm64 = SeccompFilter.Build(Architecture.Arm64, ownNetwork: true);
    private static readonly BpfInstruction[] s_shared = SeccompFilter.Build(Architecture.X64, ownNetwork: false);

    [Fact]
    public void Every_rule_of_the_table_answers_on_both_architectures()
    {
        foreach (var rule in SyscallTable.Rules)
        {
            Assert.Equal(0x00050000u | (uint)rule.Answer, FilterMachine.Run(s_x64, FilterMachine.X64, (uint)rule.X64));
            Assert.Equal(rule.Arm64 < 0 ? Allow : 0x00050000u | (uint)rule.Answer, FilterMachine.Run(s_arm64, FilterMachine.Arm64, (uint)rule.Arm64));
        }
    }

    [Fact]
    public void No_call_stands_twice_in_the_table()
    {
        Assert.Distinct(SyscallTable.Rules.Select(static rule => rule.Name));
        Assert.Distinct(SyscallTable.Rules.Select(static rule => rule.X64));
        Assert.Distinct(SyscallTable.Rules.Where(static rule => rule.Arm64 >= 0).Select(static rule => rule.Arm64));
    }

    [Fact]
    public void The_program_is_no_longer_than_the_kernel_takes() => Assert.InRange(s_x64.Length, 100, 4096);

    // Numbers of x86-64. The second column of a row is what the call is.
    public static TheoryData<uint, string, ulong[], uint> Isolated => new()
    {
        { 0, "read", [], Allow },
        { 59, "execve", [], Allow },
        { 202, "futex", [], Allow },
        { 334, "rseq", [], Allow },
        { 424, "pidfd_send_signal", [], Allow },
        { 435, "clone3", [], NoSuchCall },
        { 56, "clone of a thread", [0x3D0F00], Allow },
        { 56, "clone as fork", [17], Allow },
        { 56, "clone with a user namespace", [0x10000000 | 17], NotPermitted },
        { 56, "clone with a network namespace", [0x40000000], NotPermitted },
        { 56, "clone with a mount namespace", [0x20000], NotPermitted },
        { 41, "Unix socket", [1, 1, 0], Allow },
        { 41, "TCP", [2, 0x80001, 6], Allow },
        { 41, "UDP", [2, 2, 17], Allow },
        { 41, "TCP over IPv6", [10, 1, 0], Allow },
        { 41, "list of addresses", [16, 3, 0], Allow },
        { 41, "firewall rules by netlink", [16, 3, 12], NoSuchFamily },
        { 41, "raw", [2, 3, 1], NotPermitted },
        { 41, "raw with flags", [2, 0x80803, 1], NotPermitted },
        { 41, "raw over IPv6", [10, 3, 58], NotPermitted },
        { 41, "packet", [17, 3, 0], NoSuchFamily },
        { 41, "hypervisor", [40, 1, 0], NoSuchFamily },
        { 41, "kernel cryptography", [38, 5, 0], NoSuchFamily },
        { 41, "Bluetooth", [31, 3, 0], NoSuchFamily },
        { 16, "window size", [0, 0x5413], Allow },
        { 16, "typing into the terminal", [0, 0x5412], NotPermitted },
        { 16, "the same with a high half that the kernel ignores", [0, 0x100005412], NotPermitted },
        { 16, "pasting into the terminal", [0, 0x541C], NotPermitted },
        { 135, "personality of Linux", [0], Allow },
        { 135, "question for the personality", [0xFFFFFFFF], Allow },
        { 135, "every page executable", [0x400000], NotPermitted },
        { 44, "fast open, harmless in a network of its own", [3, 0, 0, 0x20000000], Allow },
        { 0x40000000 + 101, "ptrace by an x32 number", [], FilterMachine.Kill },
    };

    [Theory]
    [MemberData(nameof(Isolated))]
    public void A_call_is_answered_by_its_arguments(uint number, string what, ulong[] arguments, uint answer) =>
        Assert.True(FilterMachine.Run(s_x64, FilterMachine.X64, number, arguments) == answer, what);

    public static TheoryData<uint, string, ulong[], uint> Shared => new()
    {
        { 41, "TCP", [2, 1, 0], Allow },
        { 41, "TCP by number", [10, 0x80801, 6], Allow },
        { 41, "multipath TCP, whose port Landlock does not see", [2, 1, 262], Access },
        { 41, "SCTP", [2, 1, 132], Access },
        { 41, "UDP", [2, 2, 0], Access },
        { 41, "ping", [2, 2, 1], Access },
        { 41, "raw", [2, 3, 1], Access },
        { 41, "Unix socket", [1, 1, 0], Access },
        { 41, "list of addresses", [16, 3, 0], Access },
        { 53, "pair of Unix sockets", [1, 1, 0], Allow },
        { 50, "listening", [3, 5], Access },
        { 44, "connecting by sendto", [3, 0, 0, 0x20000000], NotPermitted },
        { 44, "sending", [3, 0, 0, 0x4000], Allow },
        { 46, "connecting by sendmsg", [3, 0, 0x20000000], NotPermitted },
        { 307, "connecting by sendmmsg", [3, 0, 1, 0x20000000], NotPermitted },
    };

    [Theory]
    [MemberData(nameof(Shared))]
    public void In_the_machines_network_only_TCP_is_left(uint number, string what, ulong[] arguments, uint answer) =>
        Assert.True(FilterMachine.Run(s_shared, FilterMachine.X64, number, arguments) == answer, what);

    [Theory]
    [InlineData(220u, 0x10000000ul, NotPermitted)]
    [InlineData(198u, 17ul, NoSuchFamily)]
    [InlineData(29u, 0ul, Allow)]
    [InlineData(92u, 0x400000ul, NotPermitted)]
    public void Arm_has_its_own_numbers(uint number, ulong first, uint answer) =>
        Assert.Equal(answer, FilterMachine.Run(s_arm64, FilterMachine.Arm64, number, first));

    [Theory]
    [InlineData(0x40000003u)]
    [InlineData(FilterMachine.Arm64)]
    public void Another_architecture_ends_the_process(uint architecture) => Assert.Equal(FilterMachine.Kill, FilterMachine.Run(s_x64, architecture, 0));
}
