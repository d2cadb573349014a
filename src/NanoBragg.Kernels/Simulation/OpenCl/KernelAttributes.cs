using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What a driver tells of a kernel that it compiled: the same in every run with that driver and device.</summary>
internal static unsafe partial class KernelAttributes
{
    private const uint LocalBytes = 0x11B2;
    private const uint PrivateBytes = 0x11B4;

    // NVIDIA's option that makes its compiler tell registers.
    private const string Verbose = " -cl-nv-verbose";

    /// <summary>Reads them.</summary>
    /// <param name="session">The device.</param>
    /// <param name="program">The kernel.</param>
    /// <param name="variant">For what it is compiled.</param>
    /// <returns>
    /// <c>driverLocalBytes</c>, which a work-group shares, <c>driverPrivateBytes</c>, which a work-item has beyond registers, and on NVIDIA <c>driverRegisters</c> of a work-item.
    /// </returns>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public static IReadOnlyDictionary<string, double> Of(OpenClSession session, LatticeProgram program, ProgramVariant variant)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["driverLocalBytes"] = Read(session, program, LocalBytes),
            ["driverPrivateBytes"] = Read(session, program, PrivateBytes),
        };
        if (session.Device.Platform.Contains("NVIDIA", StringComparison.OrdinalIgnoreCase)
            && Registers().Matches(LatticeProgram.Log(session.Context, session.Device, LatticeProgram.Source + Never(), variant.Options + Verbose)) is { Count: > 0 } found)
        {
            figures["driverRegisters"] = found.Max(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }

        return figures;
    }

    // The compiler tells only when it compiles; what it has compiled before, its driver takes from a cache of its own.
    private static string Never() => FormattableString.Invariant($"\n__kernel void never_compiled_before(__global long *when) {{ when[0] = {DateTime.UtcNow.Ticks}; }}\n");

    private static double Read(OpenClSession session, LatticeProgram program, uint what)
    {
        OpenClException.Check(OpenClLibrary.GetWorkGroupInfo(program.Kernel, session.Device.Id, what, sizeof(ulong), out var value, null), "reading the kernel's attributes");
        return value;
    }

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();
}
