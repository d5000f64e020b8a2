using static Postern.Sandbox.Kernel.Errno;

namespace Postern.Sandbox.Kernel;

/// <summary>
/// The calls that are refused. A list of what is dangerous, because a list of what is needed breaks programs that nobody thought of.
/// Numbers: the kernel's tables for x86-64 and (from 424 on common to all) arm64.
/// </summary>
internal static class SyscallTable
{
    /// <summary>All rules; the order means nothing.</summary>
    public static IReadOnlyList<SyscallRule> Rules { get; } =
    [
        new("clone3", 435, 435, NoSuchCall), // its flags lie in memory, where a filter cannot read them; libc falls back to clone
        new("io_uring_setup", 425, 425, NoSuchCall), // does what other calls do, and past their filter
        new("io_uring_enter", 426, 426, NoSuchCall), // the same
        new("io_uring_register", 427, 427, NoSuchCall), // the same
        new("open_tree", 428, 428, NoSuchCall), // mounting, the new way
        new("move_mount", 429, 429, NoSuchCall), // the same
        new("fsopen", 430, 430, NoSuchCall), // the same
        new("fsconfig", 431, 431, NoSuchCall), // the same
        new("fsmount", 432, 432, NoSuchCall), // the same
        new("fspick", 433, 433, NoSuchCall), // the same
        new("mount_setattr", 442, 442, NoSuchCall), // would undo read-only
        new("open_tree_attr", 467, 467, NoSuchCall), // the same
        new("mount", 165, 40, NotPermitted), // would uncover what is hidden
        new("umount2", 166, 39, NotPermitted), // the same
        new("pivot_root", 155, 41, NotPermitted), // the same
        new("chroot", 161, 51, NotPermitted), // confuses set-user-id programs and libraries
        new("unshare", 272, 97, NotPermitted), // a user namespace brings capabilities and with them most of the kernel
        new("setns", 308, 268, NotPermitted), // enters somebody else's namespaces
        new("ptrace", 101, 117, NotPermitted), // takes over processes outside
        new("process_vm_readv", 310, 270, NotPermitted), // reads their memory
        new("process_vm_writev", 311, 271, NotPermitted), // writes it
        new("process_madvise", 440, 440, NotPermitted), // drops it
        new("pidfd_getfd", 438, 438, NotPermitted), // takes their descriptors
        new("kcmp", 312, 272, NotPermitted), // compares kernel addresses
        new("bpf", 321, 280, NotPermitted), // code in the kernel
        new("perf_event_open", 298, 241, NotPermitted), // watches other processes; a long list of holes
        new("userfaultfd", 323, 282, NotPermitted), // makes races in the kernel winnable
        new("keyctl", 250, 219, NotPermitted), // keyrings are shared with the session outside
        new("add_key", 248, 217, NotPermitted), // the same
        new("request_key", 249, 218, NotPermitted), // the same
        new("init_module", 175, 105, NotPermitted), // code in the kernel
        new("finit_module", 313, 273, NotPermitted), // the same
        new("delete_module", 176, 106, NotPermitted), // takes it out
        new("kexec_load", 246, 104, NotPermitted), // another kernel
        new("kexec_file_load", 320, 294, NotPermitted), // the same
        new("reboot", 169, 142, NotPermitted), // ends the machine
        new("swapon", 167, 224, NotPermitted), // memory to a file
        new("swapoff", 168, 225, NotPermitted), // the same
        new("settimeofday", 164, 170, NotPermitted), // certificates and evidence depend on the clock
        new("clock_settime", 227, 112, NotPermitted), // the same
        new("clock_adjtime", 305, 266, NotPermitted), // the same
        new("adjtimex", 159, 171, NotPermitted), // the same
        new("sethostname", 170, 161, NotPermitted), // belongs to the machine
        new("setdomainname", 171, 162, NotPermitted), // the same
        new("acct", 163, 89, NotPermitted), // writes about everybody's processes
        new("quotactl", 179, 60, NotPermitted), // belongs to the machine
        new("quotactl_fd", 443, 443, NotPermitted), // the same
        new("syslog", 103, 116, NotPermitted), // kernel addresses
        new("open_by_handle_at", 304, 265, NotPermitted), // opens files past every directory, and so past every mount
        new("fanotify_init", 300, 262, NotPermitted), // watches whole file systems
        new("lookup_dcookie", 212, 18, NotPermitted), // paths of other processes
        new("move_pages", 279, 239, NotPermitted), // memory of other processes
        new("migrate_pages", 256, 238, NotPermitted), // the same
        new("vhangup", 153, 58, NotPermitted), // ends the terminal's session
        new("nfsservctl", 180, 42, NoSuchCall), // long gone
        new("iopl", 172, -1, NotPermitted), // the machine's ports
        new("ioperm", 173, -1, NotPermitted), // the same
        new("modify_ldt", 154, -1, NotPermitted), // 16-bit code; a long list of holes
        new("uselib", 134, -1, NoSuchCall), // long gone
        new("_sysctl", 156, -1, NoSuchCall), // long gone
    ];
}
