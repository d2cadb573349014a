namespace NanoBragg.Kernels.Model;

/// <summary>A point that shines at one wavelength, as a list of sources gives it; what is null takes the beam's figure. All points shine equally.</summary>
/// <param name="X">The laboratory's x. Only the direction from the sample counts, so any unit will do.</param>
/// <param name="Y">The laboratory's y.</param>
/// <param name="Z">The laboratory's z.</param>
/// <param name="WavelengthMetres">Wavelength, m.</param>
public readonly record struct SourcePoint(double? X, double? Y, double? Z, double? WavelengthMetres);
