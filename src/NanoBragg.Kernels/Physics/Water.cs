namespace NanoBragg.Kernels.Physics;

/// <summary>Scattering of water, taken to be that of its molecules straight ahead in every direction (physics.md section 19).</summary>
public static class Water
{
    private const double ForwardElectrons = 2.57;
    private const double GramsPerMole = 18.0;
    private const double GramsPerCubicMetre = 1e6;

    /// <summary>
    /// What the reference program takes for the intensity of a drop. It holds the fluence already, and is multiplied by it once more with everything else:
    /// the background goes with the square of the fluence.
    /// </summary>
    /// <param name="sizeMetres">Edge of the drop, m.</param>
    /// <param name="fluence">Fluence, photons/m².</param>
    /// <returns>The intensity to start a pixel's sum with.</returns>
    public static double Intensity(double sizeMetres, double fluence) =>
        ForwardElectrons * ForwardElectrons * Constants.ThomsonSquareMetres * fluence
        * sizeMetres * sizeMetres * sizeMetres * GramsPerCubicMetre * Constants.Avogadro / GramsPerMole;
}
