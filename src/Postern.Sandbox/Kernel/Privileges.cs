namespace Postern.Sandbox.Kernel;

/// <summary>What a process gives away for good: new privileges, capabilities, and more of the machine than it needs.</summary>
internal static unsafe class Privileges
{
    private const int NoNewPrivileges = 38;
    private const int DropFromBounds = 24;
    private const int Ambient = 47;
    private const int ClearAll = 4;
    private const int InstallFilter = 22;
    private const int FilterMode = 2;
    private const int LastCapability = 63;
    private const int CapabilityVersion3 = 0x20080522;

    /// <summary>Set-user-id programs and file capabilities give nothing any more.</summary>
    public static void ForbidNew() => Native.Check(Native.Control(NoNewPrivileges, 1), "no new privileges");

    /// <summary>Drops every capability of this thread, and the way back to them.</summary>
    public static void DropCapabilities()
    {
        for (var capability = 0; capability <= LastCapability; capability++)
        {
            // Refused for an ordinary user, who has none and after ForbidNew gets none; unknown numbers are refused too.
            Native.Control(DropFromBounds, capability);
        }

        Native.Control(Ambient, ClearAll);
        var header = stackalloc int[2] { CapabilityVersion3, 0 };
        var sets = stackalloc int[6] { 0, 0, 0, 0, 0, 0 };
        Native.Check(Native.SetCapabilities(header, sets), "capabilities");
    }

    /// <summary>Sets the limits; one that is lower already stays.</summary>
    public static void Limit(IEnumerable<(int Resource, long Value)> limits)
    {
        var pair = stackalloc ulong[2];
        foreach (var (resource, value) in limits)
        {
            pair[0] = pair[1] = (ulong)value;
            Native.SetLimit(resource, pair);
        }
    }

    /// <summary>Puts this thread under <paramref name="filter"/>.</summary>
    public static void Install(BpfInstruction[] filter)
    {
        fixed (BpfInstruction* code = filter)
        {
            // struct sock_fprog: a length of two bytes, padding, a pointer.
            var program = stackalloc nint[2] { filter.Length, (nint)code };
            Native.Check(Native.Control(InstallFilter, FilterMode, (nint)program), "seccomp");
        }
    }

    /// <summary>Whether the kernel takes filters: it looks at the program's address last.</summary>
    public static bool HasFilters => Native.Control(InstallFilter, FilterMode) < 0 && Native.Error != 22;
}
