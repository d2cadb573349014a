using System.Numerics;
using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// What taking phases apart costs in accuracy, as a function of the tile alone: the phase of a column changes from row to row, and that is followed by a
/// polynomial of third degree, of which every second value is the mean of its neighbours.
/// </summary>
/// <remarks>
/// With d(c, n) the direction to column c and row n of a tile (from its centre), d = d₀(c) + n d₁(c) + n² d₂(c) + …, a phase 2π a·d/λ is that of the column
/// c at n = 0 plus that of the row n at c = 0 plus Σ nᵏ κₖ(c) with κₖ = 2π a·(dₖ(c) - dₖ(0))/λ. exp(i Σ nᵏ κₖ) is written as 1 + n(…) + n²(…) + n³(…);
/// the fourth degree is left out. A mean of neighbours is off by the second difference over two, half of which is taken from all. |κₖ| grows with |c|: its growth
/// is measured at places all over the detector, for every orientation, and the largest counts.
/// </remarks>
internal unsafe struct PhaseBounds
{
    // Between the places where the derivatives are taken they may be larger.
    private const double Margin = 1.1;

    // Along an axis of the detector.
    private const int Places = 7;

    private const int Terms = 6;

    // Of all places and terms; rounded up to any register.
    private const int Drifts = ((Places * Places * Terms) + 7) / 8 * 8;

    // Sub-pixels over which a derivative is taken.
    private const double Reach = 16.0;

    private readonly double _largestError;
    private readonly double _largestFactorError;
    private readonly double _pixelAngle;
    private readonly bool _ofIndices;

    // For each place and axis: growth of κ₁ to κ₅ with the column.
    private fixed double _drift[Places * Places * 3 * Terms];

    // For each axis the relative slope with the phase.
    private fixed double _slopes[3];

    /// <summary>Measures a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ofIndices">Whether indices are followed by the polynomial, and not phase factors by its exponential.</param>
    /// <param name="largestError">The largest relative error of a pixel above 1 % of the brightest one that phases may cause.</param>
    /// <param name="largestFactorError">The largest relative error of the factor that <see cref="FactorSurface{TLanes}"/> interpolates.</param>
    public PhaseBounds(SimulationPlan plan, bool ofIndices, double largestError, double largestFactorError)
    {
        _ofIndices = ofIndices;
        (_largestError, _largestFactorError) = (largestError, largestFactorError);
        var (a, b, c) = Steepness.Of(plan);
        (_slopes[0], _slopes[1], _slopes[2]) = (a / (2.0 * Math.PI), b / (2.0 * Math.PI), c / (2.0 * Math.PI));
        var wavelength = double.PositiveInfinity;
        for (var i = 0; i < plan.Sources.Count; i++)
        {
            wavelength = Math.Min(wavelength, plan.Sources[i].WavelengthMetres);
        }

        Span<Vector3D> here = stackalloc Vector3D[Terms], there = stackalloc Vector3D[Terms];
        double* x = stackalloc double[Drifts], y = stackalloc double[Drifts], z = stackalloc double[Drifts];
        double* largest = stackalloc double[3 * Drifts];
        new Span<double>(largest, 3 * Drifts).Clear();
        for (var place = 0; place < Places * Places; place++)
        {
            var fast = plan.FastPixels * plan.Oversample * (place % Places) / (Places - 1.0);
            var slow = plan.SlowPixels * plan.Oversample * (place / Places) / (Places - 1.0);
            RowExpansion.At(plan, fast - (0.5 * Reach), slow, here);
            var distance = RowExpansion.At(plan, fast + (0.5 * Reach), slow, there);
            _pixelAngle = Math.Max(_pixelAngle, plan.PixelSizeMetres / distance);
            for (var k = 0; k < Terms; k++)
            {
                var drift = there[k] - here[k];
                (x[(Terms * place) + k], y[(Terms * place) + k], z[(Terms * place) + k]) = (drift.X, drift.Y, drift.Z);
            }
        }

        for (var i = 0; i < plan.Orientations.Length; i += 3)
        {
            Raise(new(plan.Orientations[i], plan.Orientations[i + 1], plan.Orientations[i + 2]), x, y, z, largest + (i / 3 % 3 * Drifts));
        }

        for (var place = 0; place < Places * Places; place++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                for (var k = 1; k < Terms; k++)
                {
                    _drift[(((3 * place) + axis) * Terms) + k] = Margin * 2.0 * Math.PI / (wavelength * Reach) * largest[(axis * Drifts) + (Terms * place) + k];
                }
            }
        }
    }

    /// <summary>What a polynomial of lower degrees has of the fourth over the rows of a tile: how much of it goes to degree 0, and how much to degree 2.</summary>
    /// <param name="reach">Rows from the middle one to the first or the last.</param>
    public static (double Of0, double Of2) OfFourthDegree(double reach) => (-0.125 * (reach * reach) * (reach * reach), reach * reach);

    /// <summary>Tells whether a tile's errors are small enough.</summary>
    /// <param name="shape">The tile.</param>
    public readonly bool Allow(TileShape shape) => FactorError(shape) <= _largestFactorError && Error(shape) <= _largestError;

    /// <summary>The largest relative error of a pixel above 1 % of the brightest one that phases within a tile may cause.</summary>
    /// <param name="shape">The tile.</param>
    public readonly double Error(TileShape shape)
    {
        var worst = 0.0;
        for (var place = 0; place < Places * Places; place++)
        {
            // Flanks of three axes at once are less steep each: their slopes add as squares.
            var sum = 0.0;
            for (var axis = 0; axis < 3; axis++)
            {
                var error = _slopes[axis] * PhaseError(shape, ((3 * place) + axis) * Terms);
                sum += error * error;
            }

            worst = Math.Max(worst, sum);
        }

        return Math.Sqrt(worst);
    }

    // Raises numbers to the components of a cell vector along directions, times its length.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // once for each orientation before the first picture
    private static void Raise(Vector3D cell, double* x, double* y, double* z, double* largest)
    {
        Vector<double> cx = new(cell.X), cy = new(cell.Y), cz = new(cell.Z);
        for (var i = 0; i < Drifts; i += Vector<double>.Count)
        {
            var component = (cx * Vector.Load(x + i)) + (cy * Vector.Load(y + i)) + (cz * Vector.Load(z + i));
            Vector.Store(Vector.Max(Vector.Abs(component), Vector.Load(largest + i)), largest + i);
        }
    }

    private readonly double PhaseError(TileShape shape, int place)
    {
        double n = 0.5 * shape.Height * shape.Oversample, columns = 0.5 * shape.Width * shape.Oversample;
        double k1 = columns * n * _drift[place + 1], k2 = columns * (n * n) * _drift[place + 2];
        double k3 = columns * (n * n * n) * _drift[place + 3], k4 = columns * (n * n * n * n) * _drift[place + 4], k5 = columns * (n * n * n * n * n) * _drift[place + 5];
        if (_ofIndices)
        {
            return (k4 / 8.0) + k5 + (0.5 * (k2 + (3.0 * k3)) / (n * n));
        }

        var third = k3 + (k1 * k2) + (k1 * k1 * k1 / 6.0);
        var fourth = k4 + (k1 * k3) + (k2 * k2 / 2.0) + (k1 * k1 * k2 / 2.0) + (k1 * k1 * k1 * k1 / 24.0);
        var fifth = k5 + (k1 * k4) + (k2 * k3) + (k1 * k1 * k3 / 2.0) + (k1 * k2 * k2 / 2.0) + (k1 * k1 * k1 * k2 / 6.0) + (k1 * k1 * k1 * k1 * k1 / 120.0);
        var mean = 0.5 * (k2 + (k1 * k1 / 2.0) + (3.0 * third)) / (n * n);
        return (fourth / 8.0) + fifth + mean;
    }

    // Of interpolation at five Chebyshev points along each axis; the fifth derivative of a solid angle times a polarisation factor is below 1000.
    private readonly double FactorError(TileShape shape)
    {
        double width = 0.5 * _pixelAngle * shape.Width, height = 0.5 * _pixelAngle * shape.Height;
        return 1000.0 / 1920.0 * ((width * width * width * width * width) + (height * height * height * height * height));
    }
}
