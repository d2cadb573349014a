namespace NanoBragg.Kernels.StructureFactors;

/// <summary>A line of a reflection list.</summary>
/// <param name="H">Index h.</param>
/// <param name="K">Index k.</param>
/// <param name="L">Index l.</param>
/// <param name="StructureFactor">The structure factor's magnitude.</param>
internal readonly record struct Reflection(int H, int K, int L, double StructureFactor);
