namespace NanoBragg.Kernels.Model;

/// <summary>
/// Turns the units of the field into SI. The operators are those of the reference program (physics.md section 1):
/// <c>x / 1e10</c> and <c>x * 1e-10</c> are different doubles.
/// </summary>
public static class Units
{
    /// <summary>Degrees in a radian.</summary>
    public const double DegreesPerRadian = 180.0 * 0.31830988618379067154;

    /// <summary>Length of an Ångström figure, m.</summary>
    /// <param name="angstroms">Length, Å.</param>
    /// <returns>Length, m.</returns>
    public static double Angstroms(double angstroms) => angstroms / 1.0e10;

    /// <summary>Length of a millimetre figure, m.</summary>
    /// <param name="millimetres">Length, mm.</param>
    /// <returns>Length, m.</returns>
    public static double Millimetres(double millimetres) => millimetres / 1000.0;

    /// <summary>Size of a water drop, m.</summary>
    /// <param name="micrometres">Size, µm.</param>
    /// <returns>Size, m.</returns>
    public static double WaterMicrometres(double micrometres) => micrometres / 1e6;

    /// <summary>Thickness of a sensor, m.</summary>
    /// <param name="micrometres">Thickness, µm.</param>
    /// <returns>Thickness, m.</returns>
    public static double SensorMicrometres(double micrometres) => micrometres * 1e-6;

    /// <summary>Angle of a figure in degrees, rad.</summary>
    /// <param name="degrees">Angle, degrees.</param>
    /// <returns>Angle, rad.</returns>
    public static double Degrees(double degrees) => degrees / DegreesPerRadian;

    /// <summary>Wavelength of photons of an energy, m.</summary>
    /// <param name="electronVolts">Energy, eV.</param>
    /// <returns>Wavelength, m.</returns>
    public static double WavelengthOfElectronVolts(double electronVolts) => 12398.42 / electronVolts / 1.0e10;
}
