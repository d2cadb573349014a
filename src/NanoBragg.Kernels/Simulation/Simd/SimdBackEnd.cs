using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd.Separable;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The CPU's fast back end: many pixels an instruction, many threads.</summary>
/// <remarks>
/// What only the Reference back end simulates (<see cref="SimulationPlan.ReferenceOnly"/>) is handed to it: slowly, but never wrong.
/// A picture has the same bits for any number of threads and any width of the machine's vector registers.
/// </remarks>
public sealed unsafe class SimdBackEnd : FastBackEnd
{
    // What taking phases apart may cost: the rest of what is promised is for rounding.
    private const double FloatDrift = 8e-5;
    private const double FloatFactor = 5e-7;
    private const double DoubleDrift = 1.8e-5;
    private const double DoubleFactor = 1e-7;

    private readonly SimdPrecision _precision;

    /// <summary>Makes a back end.</summary>
    /// <param name="precision">The arithmetic of the lattice sum.</param>
    /// <param name="threads">Threads that draw, the calling one included; 0 for one a processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public SimdBackEnd(SimdPrecision precision, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _precision = precision;
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <inheritdoc/>
    public override string Name => _precision switch
    {
        SimdPrecision.Double => "simd-double",
        SimdPrecision.DoubleFast => "simd-double-fast",
        _ => "simd-float",
    };

    /// <summary>Gets the threads that draw, the calling one included.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    private protected override int ProcessorThreads => Threads;

    /// <summary>Gets the width of the vector registers: 512, 256 or 128 bits, by default the machine's widest. Others work, slowly.</summary>
    internal int VectorBits { get; init; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Gets the tile of the fast forms; by default the fastest that is accurate enough.</summary>
    internal TileShape? Shape { get; init; }

    /// <summary>
    /// Draws a tile and throws it away, so that the runtime compiles what pictures of this arithmetic have in common: for a thread that has nothing else to do while a process starts, whose first
    /// picture then comes some hundredths of a second earlier.
    /// </summary>
    public void WakeUp()
    {
        Crystal crystal = new() { Cell = UnitCell.Cubic(100), Cells = (1, 1, 1), DefaultStructureFactor = 1.0 };
        var plan = SimulationPlan.Create(new(crystal, Detector.OfPixels(32, 16), new() { WavelengthMetres = Units.Angstroms(1.0) }, new() { Oversample = 1 }));
        new SimdBackEnd(_precision, 1) { VectorBits = VectorBits }.Render(plan, new float[plan.FastPixels * plan.SlowPixels]);
    }

    /// <inheritdoc/>
    public override string? HandsOver(SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.ReferenceOnly;
    }

    private protected override void Draw<TPixel>(SimulationPlan plan, TPixel[] image)
    {
        byte* memory = null;
        try
        {
            fixed (TPixel* pixels = image)
            {
                RenderCrew.Run(Job(plan, pixels, ref memory), Threads);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private RenderJob Job<TPixel>(SimulationPlan plan, TPixel* pixels, ref byte* memory)
        where TPixel : unmanaged => VectorBits switch
        {
            512 => Job512(plan, pixels, ref memory),
            256 => Job256(plan, pixels, ref memory),
            _ => Job128(plan, pixels, ref memory),
        };

    // A method each, so that the runtime loads the types of one width alone.
    private RenderJob Job512<TPixel>(SimulationPlan plan, TPixel* pixels, ref byte* memory)
        where TPixel : unmanaged => Job<Lanes512<double>, Lanes512<float>, Lanes512<TPixel>, TPixel>(plan, pixels, ref memory);

    private RenderJob Job256<TPixel>(SimulationPlan plan, TPixel* pixels, ref byte* memory)
        where TPixel : unmanaged => Job<Lanes256<double>, Lanes256<float>, Lanes256<TPixel>, TPixel>(plan, pixels, ref memory);

    private RenderJob Job128<TPixel>(SimulationPlan plan, TPixel* pixels, ref byte* memory)
        where TPixel : unmanaged => Job<Lanes128<double>, Lanes128<float>, Lanes128<TPixel>, TPixel>(plan, pixels, ref memory);

    private RenderJob Job<TDoubles, TFloats, TPixels, TPixel>(SimulationPlan plan, TPixel* pixels, ref byte* memory)
        where TDoubles : struct, ILanes<TDoubles, double>
        where TFloats : struct, ILanes<TFloats, float>
        where TPixels : struct, ILanes<TPixels, TPixel>
        where TPixel : unmanaged
    {
        // Float where it keeps what is promised, and tiles where there is one that does; directly, float is faster than double by tiles.
        var isFloat = _precision == SimdPrecision.Float && FloatReach.Covers(plan);
        RenderJob? fast = _precision == SimdPrecision.Float
            ? Separable<TDoubles, TFloats, float, TPixels, TPixel>(plan, FloatDrift, FloatFactor, pixels, ref memory) : null;
        if (fast is null && _precision != SimdPrecision.Double && !isFloat)
        {
            var (drift, factor) = _precision == SimdPrecision.Float ? (FloatDrift, FloatFactor) : (DoubleDrift, DoubleFactor);
            fast = Separable<TDoubles, TDoubles, double, TPixels, TPixel>(plan, drift, factor, pixels, ref memory);
        }

        if (fast is not null)
        {
            return fast;
        }

        memory = Allocate(Tile.Bytes);
        var kernel = isFloat ? KernelChoice<TFloats, float>.For(plan) : null;
        return new RenderJob<TDoubles, TPixels, TPixel>(plan, kernel ?? KernelChoice<TDoubles, double>.For(plan)!, pixels, memory);
    }

    private SeparableJob<TDoubles, TLanes, T, TPixels, TPixel>? Separable<TDoubles, TLanes, T, TPixels, TPixel>(
        SimulationPlan plan, double drift, double factor, TPixel* pixels, ref byte* memory)
        where TDoubles : struct, ILanes<TDoubles, double>
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
        where TPixels : struct, ILanes<TPixels, TPixel>
        where TPixel : unmanaged
    {
        // Along a curved detector's rows and columns directions are other functions.
        if (plan.Curved || KernelChoice<TLanes, T>.Separable<TDoubles>(plan) is not { } kernel
            || (Shape ?? TileShape.Choose(plan, new PhaseBounds(plan, kernel.FollowsIndices, drift, factor))) is not { } shape)
        {
            return null;
        }

        memory = Allocate(PhaseTile<T>.Bytes(shape, kernel));
        return new(plan, shape, kernel, pixels, memory);
    }

    private byte* Allocate(int bytesPerThread)
    {
        // Zeros, so that what only fills up a register is a number that costs no more than others.
        var bytes = (nuint)bytesPerThread * (nuint)Threads;
        var memory = (byte*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }
}
