using System.Numerics;
using System.Runtime.InteropServices;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What all tiles of a picture share: <c>Picture</c> of lattice.cl, member for member.</summary>
/// <typeparam name="T">The element.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PictureFigures<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Quad<T> _fastStep, _slowStep, _incident, _fieldE, _fieldB, _normal, _scale, _lattice, _mixed, _firstIndex, _lastIndex;

    /// <summary>Reads a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="variant">For what the program is compiled.</param>
    /// <param name="squares">The plan's reflections, or null where all are alike.</param>
    public PictureFigures(SimulationPlan plan, ProgramVariant variant, PaddedGrid<double>? squares)
    {
        var (a, b, c) = plan.Cells;
        var detector = new DetectorGeometry(plan);
        _fastStep = new(plan.SubpixelSizeMetres * plan.FastAxis, 0.0);
        _slowStep = new(plan.SubpixelSizeMetres * plan.SlowAxis, 0.0);
        _incident = new(detector.Incident, detector.PolarConstant);
        _fieldE = new(detector.FieldE, detector.PolarSquare);
        _fieldB = new(detector.FieldB, detector.PolarField);
        _normal = new(plan.NormalAxis, plan.Sensor.LayerMetres * plan.Sensor.AttenuationPerMetre);

        // By a distance of about one, so that no factor leaves the range of float where the pixel's value does not.
        var distance = plan.OriginMetres.Length is > 0.0 and var length ? length : 1.0;
        var left = variant.HardwareCosine ? Math.Pow(2.0, a + b + c - 3) : 1.0;
        _scale = new(left * detector.OmegaPoint / (distance * distance), left * detector.OmegaPixel / (distance * distance * distance), distance, detector.IsThick ? 1.0 : 0.0);
        switch (plan.Shape)
        {
            case CrystalShape.Ellipsoid:
                var narrower = Math.Sqrt(plan.ShapeFudge);
                _lattice = new(a * narrower, b * narrower, c * narrower, (double)a * b * c * 0.723601254558268);
                break;
            case CrystalShape.Gaussian:
                var exponent = GaussianExponent.Of(plan.Cells, plan.ShapeFudge, plan.ReciprocalLattice);
                _lattice = new(exponent.AA, exponent.BB, exponent.CC, (double)a * b * c);
                _mixed = new(exponent.AB, exponent.AC, exponent.BC, 0.0);
                break;
            default:
                _lattice = new(a, b, c, 0.0);
                break;
        }

        if (squares is { First: var first, Count: var count })
        {
            _firstIndex = new(first.H, first.K, first.L, 0.0);
            _lastIndex = new(count.H - 1, count.K - 1, count.L - 1, 0.0);
        }
    }
}
