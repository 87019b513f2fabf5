using FteAgent.Evals;
using FteAgent.Silo.Commands;

// Usage: Evals [--data DIR] [--only NAME] [--database URL] [--runs K] [--count N] [--check]
//     measures the product's own code on the evaluation sets and writes artifacts/figures/evals.json and evals.html. With --database the
//     documents are kept in that Postgres, which is brought up to date and whose knowledge is replaced: take an empty one. The contacts of
//     the identity set get a database of their own on that server, which is removed afterwards. --runs says how often tickets are answered to
//     see whether the same comes of it, --count how many tickets of a set a language model is asked, and with --check a missed target is a
//     failure. OPENAI_API_KEY brings a language model in, by the same settings as a silo's.
// Evals --answers [--set NAME] [--count N] [--skip N]
//     prints questions with the extractive answers, for reading.
// Evals --records [--data DIR]
//     measures what is found on SQLite and on a PostgreSQL of its own, and writes artifacts/figures/records.json with the largest difference.
// Evals --contacts SEED [--count N]
//     makes up labelled contacts for the identity set and prints them, a line of JSON each.
// Evals --calibrate
//     fits the evidence model anew and prints its coefficients.
// Evals --rerank
//     chooses the weights of the second reading in each of several folds, and prints what they find in the others.
// Evals --vectors [--data DIR]
//     asks the endpoint of OPENAI_EMBEDDING_MODEL for vectors and prints what each weight of them finds beside words alone.
// Evals --routing
//     prints whether intents' chances are true ones, and what each choice of what they count for finds.
// Evals --calibrate-scope
//     fits anew how a classifier that was told of no text out of scope recognises one, and prints the coefficients.
return await Sentence.OnFailure(() => EvalCommand.Run(new EvalArguments(args), new ConfigurationBuilder().AddEnvironmentVariables().Build()));
