using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.StructureFactors;
using static System.FormattableString;
using static NanoBragg.Kernels.CLibrary.CFormat;

namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>
/// Writes down how one pixel comes to its value: the geometry, then every step of the innermost loop that adds to it, then the result, each number with the 17
/// digits that tell its bits. The order is that of the traces in goldens/traces.txt, so that two programs can be compared line by line.
/// </summary>
public static class PixelTrace
{
    /// <summary>Traces a pixel. All before it are drawn, because a run of the reference program carries things from pixel to pixel (physics.md section 20).</summary>
    /// <param name="plan">What to simulate.</param>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <param name="output">Where the lines go.</param>
    /// <param name="progress">Is told, row by row, how many rows were drawn on the way; null for nobody.</param>
    /// <param name="cancellation">Asked before each row on the way and at each step of the pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">The detector has no such pixel, or the plan does not render it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Write(
        SimulationPlan plan, int fast, int slow, TextWriter output, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(output);
        if (fast < 0 || fast >= plan.FastPixels || slow < 0 || slow >= plan.SlowPixels)
        {
            throw new ArgumentOutOfRangeException(nameof(fast), Invariant($"the detector has no pixel {fast} {slow}: it has {plan.FastPixels} along the fast axis and {plan.SlowPixels} along the slow one, counted from 0"));
        }

        if (!plan.Renders(fast, slow))
        {
            throw new ArgumentOutOfRangeException(nameof(fast), Invariant($"pixel {fast} {slow} is not drawn: it is outside the region of interest or masked"));
        }

        WriteGeometry(plan, output);
        var loop = new PixelLoop<Tracer>(plan, new(plan, fast, slow, output, cancellation));
        for (var row = 0; row <= slow; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var pixels = row < slow ? plan.FastPixels : fast + 1;
            for (var column = 0; column < pixels; column++)
            {
                loop.Next(column, row);
            }

            progress?.Report(row);
        }
    }

    private static void WriteGeometry(SimulationPlan plan, TextWriter output)
    {
        output.WriteLine($" pix0_m {Exact(plan.OriginMetres)}");
        output.WriteLine($" fdet {Exact(plan.FastAxis)}");
        output.WriteLine($" sdet {Exact(plan.SlowAxis)}");
        output.WriteLine($" odet {Exact(plan.NormalAxis)}");
        output.WriteLine($" close_distance {Exact(plan.CloseDistanceMetres)} distance {Exact(plan.DistanceMetres)}");
        output.WriteLine($" a_star_A {Exact(plan.ReciprocalLattice.AStar)}");
        output.WriteLine($" b_star_A {Exact(plan.ReciprocalLattice.BStar)}");
        output.WriteLine($" c_star_A {Exact(plan.ReciprocalLattice.CStar)}");
    }

    private static string Exact(double value) => General(value, 17);

    private static string Exact(in Vector3D vector) => $"{Exact(vector.X)} {Exact(vector.Y)} {Exact(vector.Z)}";

    private sealed class Tracer(SimulationPlan plan, int fast, int slow, TextWriter output, CancellationToken cancellation) : IStepObserver
    {
        private bool _here;
        private (int Layer, int Slow, int Fast) _subPixel;
        private (Vector3D Place, double AirPath) _position;
        private (int Number, Vector3D Scattering) _source;

        public static bool Watches => true;

        public void Pixel(int fastPixel, int slowPixel) => _here = fastPixel == fast && slowPixel == slow;

        public void SubPixel(int layer, int subSlow, int subFast, in Vector3D position, double airPath) =>
            (_subPixel, _position) = ((layer, subSlow, subFast), (position, airPath));

        public void Source(int source, in Vector3D q) => _source = (source, q);

        public void Orientation(in OrientationStep step)
        {
            if (!_here || step.StructureFactor is not { } structure)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            var source = plan.Sources[_source.Number];
            var (phi, domain) = Math.DivRem(step.Orientation, plan.MosaicDomains);
            output.WriteLine(Invariant(
                $" step layer={_subPixel.Layer} subS={_subPixel.Slow} subF={_subPixel.Fast} source={_source.Number} phi_tic={phi} mos={domain}"));
            output.WriteLine($"  pos_m {Exact(_position.Place)} airpath {Exact(_position.AirPath)}");
            output.WriteLine($"  diffracted {Exact(step.Diffracted)} incident {Exact(source.IncidentDirection)} lambda {Exact(source.WavelengthMetres)}");
            output.WriteLine($"  scattering {Exact(_source.Scattering)}");
            output.WriteLine($"  a {Exact(step.A)}");
            output.WriteLine($"  b {Exact(step.B)}");
            output.WriteLine($"  c {Exact(step.C)}");
            output.WriteLine($"  hkl {Exact(step.Index)} nearest {NearestIndex.Text(step.Index)}");
            output.WriteLine($"  F_latt {Exact(step.LatticeFactor)} F_cell {Exact(structure)} I_running {Exact(step.Sum)}");
            output.WriteLine(
                $"  polar {Exact(step.Corrections.Polarisation)} omega {Exact(step.Corrections.SolidAngle)} capture {Exact(step.Corrections.Captured)}");
        }

        public void Value(double sum, in Corrections corrections, double value)
        {
            if (_here)
            {
                output.WriteLine(Invariant(
                    $" pixel steps {plan.StepsPerPixel} I {Exact(sum)} value(double) {Exact(value)} value(float) {General((float)value, 9)}"));
            }
        }
    }
}
