using System.Globalization;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Commands;

/// <summary>Who draws a picture, by the words of the command line.</summary>
internal static class Drawing
{
    /// <summary>The device that draws with the C program's bits.</summary>
    public const string Reference = "reference";

    /// <summary>The first GPU.</summary>
    public const string Gpu = "gpu";

    private const string Cpu = "cpu";
    private const string OpenCl = "opencl";

    /// <summary>Makes a back end.</summary>
    /// <param name="device">The device as the user calls it.</param>
    /// <param name="precision">The arithmetic as the user calls it.</param>
    /// <param name="threads">Threads that draw, where they are the processor's.</param>
    /// <param name="cancellation">Ends the drawing between two bands, where a device draws bands.</param>
    /// <returns>The back end.</returns>
    /// <exception cref="UserError">There is no such device or arithmetic, or the two do not fit.</exception>
    /// <exception cref="OpenClException">The device cannot be opened.</exception>
    public static IBackEnd BackEnd(string device, string precision, int threads, CancellationToken cancellation)
    {
        if (threads < 0)
        {
            throw new UserError("--threads is a number of threads, or 0 for one a processor");
        }

        return device switch
        {
            Reference => precision == "double" ? new ReferenceBackEnd(threads)
                : throw new UserError($"--precision {precision} needs --device {Takers(precision)}: the reference device computes in doubles, as the C program"),
            Cpu => new SimdBackEnd(Precisions.Simd(precision) ?? throw Misfit(device, precision), threads),
            _ => new OpenClBackEnd(OpenClDevice(device), Precisions.OpenCl(precision) ?? throw Misfit(device, precision)) { Cancellation = cancellation },
        };
    }

    /// <summary>Finds the OpenCL device that a word names.</summary>
    /// <param name="word"><c>gpu</c>, <c>opencl</c> or <c>opencl:N</c>.</param>
    /// <returns>The device.</returns>
    /// <exception cref="UserError">It names none.</exception>
    /// <exception cref="OpenClException">There is none of that name; the message says what there is.</exception>
    public static OpenClDevice OpenClDevice(string word) => word switch
    {
        Gpu => OpenClDevices.Find().FirstGpu(),
        OpenCl => OpenClDevices.Find().Numbered(0),
        _ when word.StartsWith(OpenCl + ":", StringComparison.Ordinal)
            && int.TryParse(word.AsSpan(OpenCl.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => OpenClDevices.Find().Numbered(number),
        _ => throw new UserError($"there is no device '{word}'; there is {Reference}, {Cpu}, {Gpu}, {OpenCl} and {OpenCl}:N, with N as 'dotnet nanobragg devices' counts"),
    };

    private static string Takers(string precision) => Precisions.Simd(precision) is null ? $"{Gpu} or {OpenCl}"
        : Precisions.OpenCl(precision) is null ? Cpu
        : $"{Cpu}, {Gpu} or {OpenCl}";

    private static UserError Misfit(string device, string precision) => new($"--device {device} does not compute in {precision}: that needs --device {Takers(precision)}");
}
