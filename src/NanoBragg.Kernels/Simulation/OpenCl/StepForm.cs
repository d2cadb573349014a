namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>How lattice.cl goes through a pixel's steps.</summary>
internal enum StepForm
{
    /// <summary>Loops over evaluations, sub-pixels and layers.</summary>
    Many,

    /// <summary>One step in all: neither loops nor sums.</summary>
    Single,

    /// <summary>
    /// One step, and a work-item draws a column of a tile: indices are polynomials of fourth degree in the row, and the factor of solid angle and polarisation one of third degree. What is computed
    /// for each pixel otherwise is computed once for sixteen.
    /// </summary>
    SingleAlongColumns,
}
