using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.StructureFactors;
using static System.FormattableString;
using static NanoBragg.Kernels.CLibrary.CFormat;

namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>
/// The reference back end, which prints pixels as the reference program does under <c>-printout</c>: what the pixel's last step found. What a pixel leaves as
/// it was, such as the structure factor where no step counts, is printed as the last pixel left it.
/// </summary>
/// <param name="pixels">Which pixels.</param>
/// <param name="wavelengthMetres">The beam's own wavelength, m, whatever those of the sources are.</param>
/// <param name="output">Where the lines go.</param>
public sealed class PrintingBackEnd(PrintedPixels pixels, double wavelengthMetres, TextWriter output) : IBackEnd
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public string? HandsOver(SimulationPlan plan) => null;

    /// <inheritdoc/>
    public void Render(SimulationPlan plan, float[] image)
    {
        ImageLength.Require(plan, image);
        ReferenceRows.Draw(plan, image, new PixelLoop<Printer>(plan, new(pixels, wavelengthMetres, plan.StepsPerPixel, output)), threads: 1);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: what is printed is the float image.</exception>
    public void Render(SimulationPlan plan, double[] image) =>
        throw new NotSupportedException("Only float images are printed, as in the reference program: render into floats, or use ReferenceBackEnd.");

    private sealed class Printer(PrintedPixels pixels, double wavelengthMetres, int steps, TextWriter output) : IStepObserver
    {
        private (int Fast, int Slow) _pixel;
        private Vector3D _position;
        private Vector3D _scattering;
        private OrientationStep _step;
        private double _structureFactor;

        public static bool Watches => true;

        public void Pixel(int fast, int slow) => _pixel = (fast, slow);

        public void SubPixel(int layer, int subSlow, int subFast, in Vector3D position, double airPath) => _position = position;

        public void Source(int source, in Vector3D q) => _scattering = q;

        public void Orientation(in OrientationStep step)
        {
            _step = step;
            _structureFactor = step.StructureFactor ?? _structureFactor;
        }

        public void Value(double sum, in Corrections corrections, double value)
        {
            if (!pixels.Contains(_pixel.Fast, _pixel.Slow))
            {
                return;
            }

            var twoTheta = Math.Atan2(Math.Sqrt(_position.Y * _position.Y + _position.Z * _position.Z), _position.X);
            var index = _step.Index;
            output.WriteLine(Invariant(
                $"{_pixel.Fast,4} {_pixel.Slow,4} : stol = {General(0.5 * _scattering.Length)} or {General(Math.Sin(twoTheta / 2.0) / (wavelengthMetres * 1e10))}"));
            output.WriteLine($"at {General(_position.X)} {General(_position.Y)} {General(_position.Z)}");
            output.WriteLine($"hkl= {Fixed(index.X)} {Fixed(index.Y)} {Fixed(index.Z)}  hkl0= {NearestIndex.Text(index)}");
            output.WriteLine($" F_cell={General(_structureFactor)}  F_latt={General(_step.LatticeFactor)}   I = {General(sum)}");
            output.WriteLine($"I/steps {Wide(sum / steps)}");
            output.WriteLine($"polar   {Wide(corrections.Polarisation)}");
            output.WriteLine($"omega   {Wide(corrections.SolidAngle)}");
            output.WriteLine($"capfrac {Wide(corrections.Captured)}");
            output.WriteLine($"pixel   {Wide((float)value)}");
            output.WriteLine("real-space cell vectors (Angstrom):");
            output.WriteLine($"     {"a",-10}  {"b",-10}  {"c",-10}");
            output.WriteLine($"X: {Edge(_step.A.X)} {Edge(_step.B.X)} {Edge(_step.C.X)}");
            output.WriteLine($"Y: {Edge(_step.A.Y)} {Edge(_step.B.Y)} {Edge(_step.C.Y)}");
            output.WriteLine($"Z: {Edge(_step.A.Z)} {Edge(_step.B.Z)} {Edge(_step.C.Z)}");
        }

        private static string Wide(double value) => General(value, 10).PadLeft(15);

        private static string Edge(double metres) => Fixed(metres * 1e10, 8).PadLeft(11);
    }
}
