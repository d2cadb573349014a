namespace NanoBragg.Kernels.Simulation;

/// <summary>The check of a plan whose arrays are read without checks of their own.</summary>
internal static class WholePlan
{
    /// <summary>Refuses a plan that contradicts itself.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="ArgumentException">Its arrays have other lengths than its counts say, or there is nothing to evaluate.</exception>
    public static void Require(SimulationPlan plan)
    {
        if (plan.Orientations.Length != 9 * plan.OrientationCount || plan.OrientationCount == 0)
        {
            throw new ArgumentException(
                $"The plan has {plan.Orientations.Length} components of cell vectors; {plan.PhiSteps} phi steps of "
                + $"{plan.MosaicDomains} domains need {9 * plan.OrientationCount}, and at least 9.", nameof(plan));
        }

        if (plan.FirstEvaluationOrientations is { } first && first.Length != 9 * plan.MosaicDomains)
        {
            throw new ArgumentException(
                $"The plan's first evaluation has {first.Length} components of cell vectors; {plan.MosaicDomains} domains need "
                + $"{9 * plan.MosaicDomains}.",
                nameof(plan));
        }

        if (plan.Sources.Count == 0 || plan.Oversample < 1)
        {
            throw new ArgumentException(
                $"The plan has {plan.Sources.Count} sources and {plan.Oversample} sub-pixels; it needs at least one of each.", nameof(plan));
        }
    }
}
