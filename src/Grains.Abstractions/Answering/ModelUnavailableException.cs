namespace FteAgent.Answering;

/// <summary>A model cannot be had now: it was asked as often as it makes sense, is left alone for a while, or its budget is spent.</summary>
/// <param name="message">Why; holds no words of a customer's and no secret.</param>
[GenerateSerializer, Alias("fte.model-unavailable")]
public sealed class ModelUnavailableException(string message) : Exception(message);
