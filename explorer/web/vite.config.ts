import { defineConfig } from "vitest/config";

// The pages name /assets/main.js and /assets/main.css; whatever these load has its hash in its name.
export default defineConfig({
	base: "/assets/",
	build: {
		target: "es2022",
		assetsInlineLimit: 0,
		modulePreload: false,
		rollupOptions: {
			input: { main: "src/main.ts" },
			output: {
				entryFileNames: "[name].js",
				chunkFileNames: "chunks/[name]-[hash].js",
				assetFileNames: ({ names }) => (names.includes("main.css") ? "main.css" : "chunks/[name]-[hash][extname]"),
			},
		},
	},
	worker: {
		format: "es",
		rollupOptions: { output: { entryFileNames: "chunks/[name]-[hash].js" } },
	},
	test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
