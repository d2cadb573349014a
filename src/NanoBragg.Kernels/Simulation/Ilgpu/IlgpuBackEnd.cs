using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>Draws through ILGPU, in double: on NVIDIA's GPUs, on those with a suitable OpenCL driver, or slowly on the processor.</summary>
/// <remarks>
/// Pictures are equal from run to run on accelerators of one kind with one driver. <see cref="DeviceBackEnd.KernelSeconds"/> is by this machine's clock, from the start of each launch until the
/// accelerator is done.
/// </remarks>
internal sealed class IlgpuBackEnd : DeviceBackEnd
{
    private readonly Context _context;
    private readonly Accelerator _accelerator;

    /// <summary>Opens an accelerator.</summary>
    /// <param name="kind">Of which kind; null for the preferred one.</param>
    /// <exception cref="IlgpuException">There is none of that kind, or it cannot be opened.</exception>
    public IlgpuBackEnd(IlgpuKind? kind)
    {
        _context = IlgpuErrors.Told("looking for accelerators", () => IlgpuContexts.Create(kind));
        try
        {
            var device = IlgpuContexts.DevicesOf(_context, kind).FirstOrDefault() ?? throw new IlgpuException(
                IlgpuProblem.NoDevice, $"ILGPU finds no {NameOf(kind!.Value)} accelerator: {WhatItNeeds(kind.Value)}; 'dotnet nanobragg devices' lists what there is");
            Device = IlgpuContexts.Describe(device);
            _accelerator = IlgpuErrors.Told($"opening {Device.Name}", () => device.CreateAccelerator(_context));
        }
        catch
        {
            _context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Name => "ilgpu-double";

    /// <summary>Gets who draws.</summary>
    public IlgpuDevice Device { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _accelerator.Dispose();
        _context.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="IlgpuException">The accelerator fails.</exception>
    private protected override double Draw<TPixel>(SimulationPlan plan, RegionRows region, TPixel[] image)
    {
        var (a, b, c) = plan.Cells;
        return plan.Shape switch
        {
            CrystalShape.Block => Draw(plan, region, image, new BlockLattice(a, b, c)),
            CrystalShape.Ellipsoid => Draw(plan, region, image, new EllipsoidLattice(a, b, c, plan.ShapeFudge)),
            CrystalShape.Gaussian => Draw(plan, region, image, new GaussianLattice(a, b, c, plan.ShapeFudge, plan.ReciprocalLattice)),
            _ => throw new ArgumentException($"The outline {plan.Shape} is Reference's to draw.", nameof(plan)),
        };
    }

    private double Draw<TLattice, TPixel>(SimulationPlan plan, RegionRows region, TPixel[] image, TLattice lattice)
        where TLattice : unmanaged, ILattice
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        using var job = IlgpuErrors.Told(
            $"preparing {region.Pixels} pixels on {Device.Name}", () => new IlgpuJob<TLattice>(_accelerator, plan, region, lattice, PoisonsImage));
        return IlgpuErrors.Told($"drawing on {Device.Name}", () => job.Draw(image, FirstSteps ?? FirstStepsOf(Device), Cancellation));
    }

    // So few that the slowest accelerator of its kind is done with them in some tenths of a second.
    private static long FirstStepsOf(IlgpuDevice device) => device.Kind == IlgpuKind.Cpu ? 1_000_000L : device.Multiprocessors * 20_000_000L;

    private static string NameOf(IlgpuKind kind) => kind switch
    {
        IlgpuKind.Cuda => "CUDA",
        IlgpuKind.OpenCl => "OpenCL",
        _ => "CPU",
    };

    private static string WhatItNeeds(IlgpuKind kind) => kind switch
    {
        IlgpuKind.Cuda => "that needs an NVIDIA GPU and its driver",
        _ => "that needs the library libOpenCL.so and a driver of OpenCL 2 with a generic address space",
    };
}
