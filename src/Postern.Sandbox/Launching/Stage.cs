using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Launching;

/// <summary>
/// The program, started once more inside the namespaces: it closes every door and becomes the command. Landlock and seccomp hold the
/// thread that asks for them, and <c>execve</c> from that thread makes it the whole process.
/// </summary>
public static unsafe class Stage
{
    /// <summary>The command line's first word that leads here.</summary>
    public const string Word = "sandbox-stage";

    private const int CannotStart = 125;
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int FirstInherited = 3;
    private const int MarkCloseOnExec = 4;

    /// <summary>Runs the stage. Returns only when the command was not started.</summary>
    /// <param name="socket">Where the firewall waits with the plan.</param>
    /// <returns>125, 126 or 127.</returns>
    public static int Run(string socket)
    {
        try
        {
            return Become(socket);
        }
        catch (Exception e) when (e is ContainmentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("postern: not started: " + e.Message);
            return CannotStart;
        }
    }

    private static int Become(string socket)
    {
        var firewall = RawSocket.Connect(socket);
        var plan = Receive(firewall);
        OpenDoor(firewall, plan);
        if (plan.Namespaces)
        {
            Mounts.Enter(plan);
        }

        if (Native.ChangeDirectory(plan.Directory) < 0)
        {
            throw Native.Failure(plan.Directory);
        }

        // Everything that needs the runtime comes before the filters: its own probing would break on them.
        var filter = plan.Seccomp ? SeccompFilter.Build(RuntimeInformation.ProcessArchitecture, plan.Namespaces) : [];
        var (program, fault) = ProgramSearch.Find(plan.Command[0], PathOf(plan));
        using var arguments = new TextVector(plan.Command);
        using var environment = new TextVector(plan.Environment);
        using var path = new TextVector([program]);
        if (DescriptorPassing.Take(firewall).Mark != Mark.Go)
        {
            throw new ContainmentException("the firewall ended before the command could start");
        }

        Shut(plan, filter);
        if (fault == 0)
        {
            Native.Execute(path.First, arguments.Pointer, environment.Pointer);
            fault = Native.Error;
        }

        Console.Error.WriteLine($"postern: {plan.Command[0]}: {(fault == Errno.NoEntry ? "not found" : "cannot be executed")}");
        return fault is Errno.NoEntry or Errno.NotDirectory ? NotFound : NotExecutable;
    }

    private static SandboxPlan Receive(int firewall)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        RawSocket.Fill(firewall, length);
        var bytes = new byte[Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(length), 0, PlanCodec.MaxBytes)];
        RawSocket.Fill(firewall, bytes);
        return PlanCodec.Read(bytes);
    }

    /// <summary>Makes the listener inside and hands it out; the firewall accepts on it from its own network. No process in here carries bytes.</summary>
    private static void OpenDoor(int firewall, SandboxPlan plan)
    {
        if (plan.Namespaces)
        {
            Loopback.Raise();
        }

        if (plan.Network != NetworkWay.Door)
        {
            DescriptorPassing.Give(firewall, Mark.Door);
            return;
        }

        var listener = RawSocket.Listen(plan.Port);
        DescriptorPassing.Give(firewall, Mark.Door, listener);
        Native.Close(listener);
    }

    /// <summary>No way back from here. Landlock needs the first step, seccomp refuses what the others do.</summary>
    private static void Shut(SandboxPlan plan, BpfInstruction[] filter)
    {
        Privileges.Limit(plan.Limits);
        Native.Call(Native.CloseRange, FirstInherited, int.MaxValue, MarkCloseOnExec);
        Privileges.ForbidNew();
        Privileges.DropCapabilities();
        if (plan.Landlock)
        {
            Landlock.Restrict(LandlockRules(plan), plan.Namespaces ? null : plan.Network == NetworkWay.Port ? plan.Port : 0);
        }

        if (filter.Length > 0)
        {
            Privileges.Install(filter);
        }
    }

    /// <summary>With mounts everything that can be seen may be read; writing is held twice.</summary>
    private static IEnumerable<PathRule> LandlockRules(SandboxPlan plan) => !plan.Namespaces
        ? plan.Paths
        : plan.Paths.Where(static rule => rule.Access is Access.Write or Access.Private).Select(static rule => rule with { Access = Access.Write }).Prepend(new PathRule("/", Access.Read));

    private static string PathOf(SandboxPlan plan) =>
        plan.Environment.FirstOrDefault(static setting => setting.StartsWith("PATH=", StringComparison.Ordinal))?[5..] ?? "/usr/bin:/bin";
}
