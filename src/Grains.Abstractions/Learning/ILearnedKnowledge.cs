namespace FteAgent.Learning;

/// <summary>Keeps the knowledge in step with the articles that are approved.</summary>
public interface ILearnedKnowledge
{
    /// <summary>Something was decided: this silo looks at once. Without it some silo looks within seconds.</summary>
    void Wake();
}
