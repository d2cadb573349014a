namespace NanoBragg.Kernels.Model;

/// <summary>
/// How a continuous range is asked for: any of its range, the step and the number of points. What is left out follows from the rest (physics.md section 14). A
/// negative range, and a step or number of 0 or less, count as left out.
/// </summary>
/// <param name="Range">Full range: rad of a divergence, a fraction of the wavelength of a dispersion; or null.</param>
/// <param name="Step">Distance between points, in the range's unit, or null.</param>
/// <param name="Points">Number of points, or null.</param>
public readonly record struct Spread(double? Range, double? Step, int? Points);
