using System.Runtime.InteropServices;
using static Postern.Sandbox.Kernel.Errno;

namespace Postern.Sandbox.Kernel;

/// <summary>
/// The program that the kernel runs before each system call: the table, and the calls whose arguments matter. Every other call passes,
/// so that programs find the system they know.
/// </summary>
internal sealed class SeccompFilter
{
    private const uint Allow = 0x7FFF0000;
    private const uint Kill = 0x80000000;
    private const uint Fail = 0x00050000;

    private const ushort Load = 0x20;
    private const ushort And = 0x54;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAny = 0x45;
    private const ushort Return = 0x06;

    // struct seccomp_data: number, architecture, instruction pointer, six arguments of eight bytes, low half first.
    private const uint NumberAt = 0;
    private const uint ArchitectureAt = 4;

    private const uint X32Numbers = 0x40000000;

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
    private const uint NamespaceFlags = 0x7E020000;

    // TIOCSTI types into the terminal for whoever reads it next, TIOCLINUX pastes into it: both leave the sandbox by the user's own shell.
    private const uint TypeIntoTerminal = 0x5412;
    private const uint PasteIntoTerminal = 0x541C;

    // connect() by another name: Landlock's rule for ports does not see it.
    private const uint FastOpen = 0x20000000;

    private const uint Unix = 1;
    private const uint Inet = 2;
    private const uint Inet6 = 10;
    private const uint Netlink = 16;
    private const uint Stream = 1;
    private const uint Raw = 3;
    private const uint Packet = 10;
    private const uint TypeMask = 0xF;
    private const uint Tcp = 6;

    // Linux itself; 32 bits; an old version's number; both; without address randomisation, as debuggers ask; and the question.
    private static readonly uint[] s_personalities = [0, 0x8, 0x20000, 0x20008, 0x40000, 0xFFFFFFFF];

    private readonly List<BpfInstruction> _code = [];
    private readonly bool _arm;

    private SeccompFilter(Architecture architecture) => _arm = architecture == Architecture.Arm64;

    /// <summary>Architectures with a table.</summary>
    public static bool Knows(Architecture architecture) => architecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The filter.</summary>
    /// <param name="architecture">Whose numbers.</param>
    /// <param name="ownNetwork">True when the process has a network namespace of its own; else sockets are held to TCP, whose ports Landlock holds, and Unix sockets are closed.</param>
    public static BpfInstruction[] Build(Architecture architecture, bool ownNetwork) => new SeccompFilter(architecture).Build(ownNetwork);

    private BpfInstruction[] Build(bool ownNetwork)
    {
        Add(Load, ArchitectureAt);
        Add(IfEqual, _arm ? 0xC00000B7 : 0xC000003E, yes: 1);
        Add(Return, Kill);
        Add(Load, NumberAt);
        if (!_arm)
        {
            Add(IfAtLeast, X32Numbers, no: 1);
            Add(Return, Kill);
        }

        foreach (var rule in SyscallTable.Rules.Where(rule => (_arm ? rule.Arm64 : rule.X64) >= 0))
        {
            Add(IfEqual, (uint)(_arm ? rule.Arm64 : rule.X64), no: 1);
            Add(Return, Fail | (uint)rule.Answer);
        }

        On(56, 220, [.. Argument(0), new(IfAny, 0, 1, NamespaceFlags), Error(NotPermitted)]);
        On(16, 29, [.. Argument(1), .. Refuse(TypeIntoTerminal), .. Refuse(PasteIntoTerminal)]);
        On(135, 92, [.. Argument(0), .. s_personalities.SelectMany(Permit), Error(NotPermitted)]);
        On(41, 198, ownNetwork ? Sockets : TcpOnly);
        if (!ownNetwork)
        {
            On(50, 201, [Error(Access)]); // listen: who is called has left too
            On(44, 206, [.. Argument(3), new(IfAny, 0, 1, FastOpen), Error(NotPermitted)]); // sendto
            On(46, 211, [.. Argument(2), new(IfAny, 0, 1, FastOpen), Error(NotPermitted)]); // sendmsg
            On(307, 269, [.. Argument(3), new(IfAny, 0, 1, FastOpen), Error(NotPermitted)]); // sendmmsg
        }

        Add(Return, Allow);
        return [.. _code];
    }

    /// <summary>With a network of its own: Unix, TCP and UDP, and the part of netlink by which libc lists addresses; nothing raw.</summary>
    private static BpfInstruction[] Sockets =>
    [
        .. Argument(0), .. Permit(Unix),
        new(IfEqual, 0, 3, Netlink), .. Argument(2), .. Permit(0), // NETLINK_ROUTE
        .. Argument(0), new(IfEqual, 2, 0, Inet), new(IfEqual, 1, 0, Inet6), Error(NoSuchFamily),
        .. Argument(1), new(And, 0, 0, TypeMask), .. Refuse(Raw), .. Refuse(Packet),
    ];

    /// <summary>Without: TCP and nothing else. Multipath TCP and SCTP are streams too, and Landlock does not look at their ports.</summary>
    private static BpfInstruction[] TcpOnly =>
    [
        .. Argument(0), new(IfEqual, 2, 0, Inet), new(IfEqual, 1, 0, Inet6), Error(Access),
        .. Argument(1), new(And, 0, 0, TypeMask), new(IfEqual, 1, 0, Stream), Error(Access),
        .. Argument(2), .. Permit(0), .. Permit(Tcp), Error(Access),
    ];

    private static BpfInstruction Error(int number) => new(Return, 0, 0, Fail | (uint)number);

    private static BpfInstruction[] Argument(int index) => [new(Load, 0, 0, (uint)(16 + (8 * index)))];

    private static BpfInstruction[] Permit(uint value) => [new(IfEqual, 0, 1, value), new(Return, 0, 0, Allow)];

    private static BpfInstruction[] Refuse(uint value) => [new(IfEqual, 0, 1, value), Error(NotPermitted)];

    /// <summary>For one call: <paramref name="body"/>, and what it does not decide passes. What follows finds the number loaded as before.</summary>
    private void On(int x64, int arm64, BpfInstruction[] body)
    {
        Add(IfEqual, (uint)(_arm ? arm64 : x64), no: (byte)(body.Length + 1));
        _code.AddRange(body);
        Add(Return, Allow);
    }

    private void Add(ushort code, uint value, byte yes = 0, byte no = 0) => _code.Add(new(code, yes, no, value));
}
