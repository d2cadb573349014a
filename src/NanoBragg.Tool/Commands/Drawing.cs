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

    /// <summary>The processor, with vector instructions.</summary>
    public const string Cpu = "cpu";

    /// <summary>The first GPU.</summary>
    public const string Gpu = "gpu";

    private const string Gpus = "gpus";
    private const string AnyOpenCl = "opencl";
    private const string Ilgpu = "ilgpu";

    /// <summary>Chooses a back end. What is wrong with the words is told now; devices are waited for when it is asked for.</summary>
    /// <param name="device">The device as the user calls it.</param>
    /// <param name="precision">The arithmetic as the user calls it.</param>
    /// <param name="threads">Threads that draw, where they are the processor's.</param>
    /// <param name="early">Devices that may be open already.</param>
    /// <param name="cancellation">Ends the drawing between two bands, where a device draws bands.</param>
    /// <returns>Gives the back end, once; it throws a <see cref="DeviceException"/> where the device cannot be opened, or this build has no back end for it.</returns>
    /// <exception cref="UserError">There is no such device or arithmetic, or the two do not fit.</exception>
    public static Func<IBackEnd> BackEnd(string device, string precision, int threads, EarlyOpening early, CancellationToken cancellation)
    {
        if (threads < 0)
        {
            throw new UserError("--threads is a number of threads, or 0 for one a processor");
        }

        switch (device)
        {
            case Reference:
                return precision == Precisions.Usual ? () => new ReferenceBackEnd(threads)
                    : throw new UserError($"--precision {precision} needs --device {Takers(precision)}: the reference device computes in doubles, as the C program");
            case Cpu:
                var simd = Precisions.Simd(precision) ?? throw Misfit(device, precision);
                return () => new SimdBackEnd(simd, threads);
            case var _ when IsIlgpu(device):
                var kind = IlgpuOf(device);
                return precision == Precisions.Usual ? () => IlgpuDevices.Open(kind, cancellation) : throw Misfit(device, precision);
            default:
                Require(device);
                var arithmetic = Precisions.OpenCl(precision) ?? throw Misfit(device, precision);
                return () =>
                {
                    var opened = early.Take(device, precision) ?? new OpenClBackEnd(OpenCl(device), arithmetic);
                    opened.Cancellation = cancellation;
                    return opened;
                };
        }
    }

    /// <summary>Whether a word names an accelerator of ILGPU's.</summary>
    /// <param name="word">The word.</param>
    public static bool IsIlgpu(string word) => word == Ilgpu || word.StartsWith(Ilgpu + ":", StringComparison.Ordinal);

    /// <summary>Finds the kind of accelerator that a word names.</summary>
    /// <param name="word"><c>ilgpu</c>, <c>ilgpu:cuda</c>, <c>ilgpu:opencl</c> or <c>ilgpu:cpu</c>.</param>
    /// <returns>The kind; null for whichever is preferred.</returns>
    /// <exception cref="UserError">It names none.</exception>
    public static IlgpuKind? IlgpuOf(string word) => word == Ilgpu ? null
        : Enum.GetValues<IlgpuKind>().Where(kind => word == Word(kind)).Select(kind => (IlgpuKind?)kind).FirstOrDefault()
            ?? throw new UserError($"there is no device '{word}'; of ILGPU there is {Ilgpu} (the best one), {string.Join(", ", Enum.GetValues<IlgpuKind>().Select(Word))}");

    /// <summary>Gets the word by which users ask for a kind of accelerator.</summary>
    /// <param name="kind">The kind.</param>
    public static string Word(IlgpuKind kind) => $"{Ilgpu}:{kind.ToString().ToLowerInvariant()}";

    /// <summary>Tells whether a word may name OpenCL devices.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Whether it does, if there are any.</returns>
    public static bool IsOpenCl(string word) => word is Gpu or Gpus || Numbers(word) is not null;

    /// <summary>Finds the OpenCL devices that a word names.</summary>
    /// <param name="word"><c>gpu</c>, <c>gpus</c>, <c>opencl</c>, <c>opencl:N</c> or <c>opencl:N,M</c>.</param>
    /// <returns>The devices, at least one.</returns>
    /// <exception cref="UserError">It names none.</exception>
    /// <exception cref="OpenClException">There is none of that name; the message says what there is.</exception>
    public static IReadOnlyList<OpenClDevice> OpenCl(string word)
    {
        Require(word);
        var devices = OpenClDevices.Find();
        return word switch
        {
            Gpu => [devices.FirstGpu()],
            Gpus => [devices.FirstGpu(), .. devices.All.Where(device => device.Kind == OpenClDeviceKind.Gpu).Skip(1)],
            _ => [.. Numbers(word)!.Select(devices.Numbered)],
        };
    }

    private static void Require(string word)
    {
        if (!IsOpenCl(word))
        {
            throw new UserError(
                $"there is no device '{word}'; there is {Reference}, {Cpu}, {Gpu}, {Gpus} (all of them), {AnyOpenCl}:N and {AnyOpenCl}:N,M, with N as 'dotnet nanobragg devices' counts, and {Ilgpu}");
        }
    }

    // Null where the word is no list of numbers.
    private static int[]? Numbers(string word)
    {
        if (word == AnyOpenCl)
        {
            return [0];
        }

        var numbers = word.StartsWith(AnyOpenCl + ":", StringComparison.Ordinal)
            ? word[(AnyOpenCl.Length + 1)..].Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray()
            : [];
        return numbers.Length > 0 && numbers.All(number => number >= 0) && numbers.Distinct().Count() == numbers.Length ? numbers : null;
    }

    private static string Takers(string precision) => Precisions.Simd(precision) is null ? $"{Gpu} or {AnyOpenCl}"
        : Precisions.OpenCl(precision) is null ? Cpu
        : $"{Cpu}, {Gpu} or {AnyOpenCl}";

    private static UserError Misfit(string device, string precision) => new($"--device {device} does not compute in {precision}: that needs --device {Takers(precision)}");
}
