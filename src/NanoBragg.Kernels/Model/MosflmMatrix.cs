using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Model;

/// <summary>MOSFLM's A matrix: the reciprocal cell vectors times the wavelength, dimensionless.</summary>
/// <param name="AStar">λ·a*.</param>
/// <param name="BStar">λ·b*.</param>
/// <param name="CStar">λ·c*.</param>
public sealed record MosflmMatrix(Vector3D AStar, Vector3D BStar, Vector3D CStar);
